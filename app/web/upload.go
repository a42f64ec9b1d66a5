package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"resilience/app/document"
	"resilience/app/paths"
	"resilience/app/service"
)

// Limits of a form with a file. A file that is too large is read to its end all the same, so that the page comes back
// with a message beside the field; what is far too large is cut off.
const (
	uploadTime   = 3 * time.Minute // for the whole of it, over a slow line
	uploadMost   = 6 * document.MaxBytes
	textMost     = 64 << 10
	mostParts    = 50
	afterReading = 30 * time.Second
)

// takesFiles tells whether a request may carry a file. Only then may it be large, and take long.
func takesFiles(c echo.Context) bool {
	return c.Request().Method == http.MethodPost && slices.Contains([]string{paths.ClaimsPattern, paths.InvoicesPattern, paths.RemittancePattern}, c.Path())
}

// upload reads a form with a file in the field of that name. What else is in the form is there for decode afterwards.
func (r *request) upload(field string) (service.Upload, context.CancelFunc, error) {
	var file service.Upload
	req := r.Request()
	control := http.NewResponseController(r.Response())
	for _, extend := range []func(time.Time) error{control.SetReadDeadline, control.SetWriteDeadline} {
		if err := extend(time.Now().Add(uploadTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return file, nil, fmt.Errorf("allow time for a file: %w", err)
		}
	}
	req.Body = http.MaxBytesReader(r.Response(), req.Body, uploadMost)
	form := url.Values{}
	parts, err := req.MultipartReader()
	if err == nil {
		file, err = readParts(parts, field, form)
		req.PostForm, req.Form = form, form
	} else if errors.Is(err, http.ErrNotMultipart) {
		err = nil // a form without a file, which lacks one
	}
	var tooLarge *http.MaxBytesError
	if err != nil && !errors.As(err, &tooLarge) {
		err = badForm(err)
	}
	ctx, cancel := context.WithTimeout(req.Context(), afterReading)
	r.SetRequest(req.WithContext(ctx))
	return file, cancel, err
}

func readParts(parts *multipart.Reader, field string, form url.Values) (service.Upload, error) {
	var file service.Upload
	for range mostParts {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return file, nil
		}
		if err != nil {
			return file, fmt.Errorf("read the form: %w", err)
		}
		if name := p.FormName(); name == field {
			file, err = readFile(p)
		} else if name != "" {
			var text []byte
			text, err = io.ReadAll(io.LimitReader(p, textMost))
			form.Add(name, string(text))
		}
		if err != nil {
			return file, fmt.Errorf("read the form: %w", err)
		}
	}
	return file, errors.New("the form has too many parts")
}

// readFile reads a file up to a byte more than is taken, and the rest of it to nowhere.
func readFile(p *multipart.Part) (service.Upload, error) {
	content, err := io.ReadAll(io.LimitReader(p, document.MaxBytes+1))
	if err != nil {
		return service.Upload{}, err
	}
	u := service.Upload{Name: fileName(p), Content: content}
	if len(content) > document.MaxBytes {
		u.Content, u.TooLarge = nil, true
		_, err = io.Copy(io.Discard, p)
	}
	return u, err
}

// fileName is the name as the browser sent it; the document makes it safe.
func fileName(p *multipart.Part) string {
	_, params, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return params["filename"]
}
