package web

import (
	"fmt"
	"net/http"
	"os"
	"strings"

	"resilience/views/plain"
)

func (a *app) accessibility(r *request) error {
	return a.draw(r, http.StatusOK, plain.AccessibilityPage(a.page(r, "Accessibility statement")))
}

func (a *app) privacy(r *request) error {
	return a.draw(r, http.StatusOK, plain.PrivacyPage(a.page(r, "Privacy")))
}

// Names of the font files that an NHS body puts into the folder of fonts.
const (
	fontRegular = "frutiger-regular.woff2"
	fontBold    = "frutiger-bold.woff2"
)

// fonts is the style sheet of the fonts that only an NHS body may serve, from a folder of its own.
func (a *app) fonts(r *request) error {
	if a.Config.FontFolder == "" {
		return errNoRoute
	}
	face := "@font-face{font-family:\"Frutiger W01\";font-display:fallback;font-weight:%s;src:url(\"/fonts/%s\") format(\"woff2\")}\n"
	r.Response().Header().Set("Cache-Control", "public, max-age=86400")
	return r.Blob(http.StatusOK, "text/css; charset=utf-8", []byte(fmt.Sprintf(face, "400", fontRegular)+fmt.Sprintf(face, "600", fontBold)))
}

func (a *app) fontFile(r *request) error {
	name := r.Param("name")
	if a.Config.FontFolder == "" || name != fontRegular && name != fontBold {
		return errNoRoute
	}
	root, err := os.OpenRoot(a.Config.FontFolder)
	if err != nil {
		return fmt.Errorf("open the folder of fonts: %w", err)
	}
	defer root.Close() //nolint:errcheck // nothing was written
	file, err := root.Open(name)
	if err != nil {
		return errNoRoute
	}
	defer file.Close() //nolint:errcheck // nothing was written
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("look at the font: %w", err)
	}
	r.Response().Header().Set("Cache-Control", "public, max-age=31536000")
	r.Response().Header().Set("Content-Type", "font/woff2")
	http.ServeContent(r.Response(), r.Request(), strings.ToLower(name), info.ModTime(), file)
	return nil
}
