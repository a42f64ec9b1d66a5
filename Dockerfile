# syntax=docker/dockerfile:1
# The program on nothing but itself. Build: docker build -t resilience .
# Run: docker run -p 8080:8080 -v resilience:/var/lib/resilience -e RESILIENCE_PUBLIC_URL=https://… -e RESILIENCE_SESSION_KEY_FILE=… resilience

FROM node:20.20-bookworm-slim AS assets
WORKDIR /src
COPY static/package.json static/package-lock.json ./static/
RUN npm --prefix static ci --no-audit --no-fund
COPY static ./static
RUN npm --prefix static run build

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY app ./app
COPY cmd ./cmd
COPY db ./db
COPY views ./views
COPY static ./static
COPY --from=assets /src/static/dist ./static/dist
RUN CGO_ENABLED=1 CGO_CFLAGS='-O3 -g -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_DEFAULT_LOOKASIDE=1200,200 -DSQLITE_ENABLE_QPSG' go build -trimpath -buildvcs=false -tags 'netgo osusergo sqlite_omit_load_extension' \
    -ldflags '-s -w -linkmode external -extldflags -static' -o /out/resilience ./cmd/resilience \
    && install -d -m 0700 /out/data

FROM gcr.io/distroless/static-debian12:nonroot AS run
COPY --from=build /out/resilience /resilience
COPY --from=build --chown=65532:65532 /out/data /var/lib/resilience
USER 65532:65532
ENV RESILIENCE_ADDRESS=0.0.0.0:8080 \
    RESILIENCE_DATABASE=/var/lib/resilience/resilience.db \
    RESILIENCE_LOG_FORMAT=json
EXPOSE 8080
VOLUME ["/var/lib/resilience"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 CMD ["/resilience", "health"]
ENTRYPOINT ["/resilience"]
CMD ["serve"]
