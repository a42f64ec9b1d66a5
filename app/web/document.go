package web

import (
	"mime"
	"net/http"
	"strconv"

	"resilience/app/document"
	"resilience/app/fault"
	"resilience/app/paths"
)

func (a *app) documentRoutes() []route {
	return []route{get(paths.DocumentPattern, of(caseReaders), a.download)}
}

// download sends a document to be saved. It is never shown within the site, whatever is in it.
func (a *app) download(r *request) error {
	id, err := r.number("document", "document")
	if err != nil {
		return err
	}
	d, content, err := a.service.Download(r.Request().Context(), r.by(), document.ID(id))
	if err != nil {
		return err
	}
	return r.attachment(d.Name, d.MediaType, content)
}

// attachment sends a file to be saved under a name.
func (r *request) attachment(name, mediaType string, content []byte) error {
	h := r.Response().Header()
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Content-Length", strconv.Itoa(len(content)))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	return r.Blob(http.StatusOK, mediaType, content)
}

// number is a number above zero in the path; anything else is not found.
func (r *request) number(name, what string) (int64, error) {
	n, err := strconv.ParseInt(r.Param(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.NotFound{What: what}
	}
	return n, nil
}
