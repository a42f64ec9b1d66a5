package web

import (
	"net/http"
	"slices"
	"strings"

	"resilience/app/fault"
	"resilience/app/paths"
	views "resilience/views/account"
)

// askToSignIn sends a reader to the sign-in page and back afterwards. What somebody was sending when their session
// ended is kept in the page and comes back after signing in.
func (a *app) askToSignIn(r *request) error {
	if r.Request().Method == http.MethodGet {
		back := r.Request().URL.RequestURI()
		if back == paths.Home {
			back = ""
		}
		return r.Redirect(http.StatusSeeOther, paths.With(paths.SignIn, "return", back))
	}
	if err := r.Request().ParseForm(); err != nil {
		return badForm(err)
	}
	page := views.SignIn{Page: a.page(r, "Sign in"), Return: r.Request().URL.Path}
	if r.Request().URL.Path != paths.Password { // passwords are never shown again, not even to be sent again
		for name, values := range r.Request().PostForm {
			for _, v := range values {
				page.Kept = append(page.Kept, views.Kept{Name: name, Value: v})
			}
		}
	}
	if len(page.Kept) == 0 {
		page.Return = "" // there is nothing to send again, and the address takes nothing but a form
	}
	slices.SortFunc(page.Kept, func(x, y views.Kept) int { return strings.Compare(x.Name, y.Name) })
	return a.draw(r, http.StatusUnauthorized, views.SignInPage(page))
}

func (a *app) showSignIn(r *request) error {
	if r.actor.Known() {
		return r.Redirect(http.StatusSeeOther, paths.Home)
	}
	// A cookie from before the sign-in lets browsers see that it changes at the sign-out, and forget the pages between.
	if err := a.save(r, a.cookie(r)); err != nil {
		return err
	}
	return a.draw(r, http.StatusOK, views.SignInPage(a.signInPage(r, r.QueryParam("return"))))
}

func (a *app) signInPage(r *request, back string) views.SignIn {
	page := views.SignIn{Page: a.page(r, "Sign in"), Return: back}
	for _, d := range a.Accounts {
		page.Accounts = append(page.Accounts, views.DemoAccount(d))
	}
	return page
}

type signInForm struct {
	Email    string `form:"email"`
	Password string // read apart: blanks at its ends count
	Return   string `form:"return"`
}

func (a *app) signIn(r *request) error {
	form, err := decode[signInForm](r)
	if err != nil {
		return err
	}
	form.Password = r.Request().PostForm.Get("password")
	token, err := a.service.SignIn(r.Request().Context(), form.Email, form.Password, r.RealIP(), device(r.Request().UserAgent()))
	if invalid, ok := fault.AsInvalid(err); ok {
		page := a.signInPage(r, form.Return)
		page.Email, page.Kept, page.Errors = form.Email, kept(r), problems(invalid)
		return a.draw(r, http.StatusUnprocessableEntity, views.SignInPage(page))
	}
	if err != nil {
		return err
	}
	if err := a.setToken(r, token); err != nil {
		return err
	}
	if fields := kept(r); len(fields) > 0 && paths.Local(form.Return) {
		return a.carryOn(r, token, form.Return, fields)
	}
	if !paths.Local(form.Return) {
		form.Return = paths.Home
	}
	return r.Redirect(http.StatusSeeOther, form.Return)
}

// kept lists what a form held when the session ended.
func kept(r *request) []views.Kept {
	var fields []views.Kept
	for name, values := range r.Request().PostForm {
		if original, ok := strings.CutPrefix(name, "kept:"); ok {
			for _, v := range values {
				fields = append(fields, views.Kept{Name: original, Value: v})
			}
		}
	}
	slices.SortStableFunc(fields, func(x, y views.Kept) int { return strings.Compare(x.Name, y.Name) })
	return fields
}

func (a *app) carryOn(r *request, token, action string, fields []views.Kept) error {
	actor, _, err := a.service.SignedIn(r.Request().Context(), token)
	if err != nil {
		return err
	}
	r.actor = actor
	return a.draw(r, http.StatusOK, views.CarryOnPage(views.CarryOn{Page: a.page(r, "Carry on where you were"), Action: action, Kept: fields}))
}

func (a *app) signOut(r *request) error {
	if err := a.service.SignOut(r.Request().Context(), r.by(), r.session); err != nil {
		return err
	}
	if err := a.setToken(r, ""); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.SignIn)
}

func (a *app) signOutEverywhere(r *request) error {
	if err := a.service.SignOutEverywhere(r.Request().Context(), r.by()); err != nil {
		return err
	}
	if err := a.setToken(r, ""); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.SignIn)
}

// home leads to where the person's work is.
func (a *app) home(r *request) error {
	if r.actor.Staff() || r.actor.OfPractice() {
		return r.Redirect(http.StatusSeeOther, paths.Cases)
	}
	return r.Redirect(http.StatusSeeOther, paths.Practices)
}

func (a *app) showAccount(r *request) error {
	return a.accountPage(r, http.StatusOK, fault.Invalid{})
}

func (a *app) accountPage(r *request, status int, invalid fault.Invalid) error {
	list, err := a.service.Sessions(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.Account{
		Page: a.page(r, "Your account"), Actor: r.actor, Sessions: list, Current: r.session.Hash, MustChange: !r.actor.PasswordSet, Submission: token(),
	}
	page.Errors = problems(invalid)
	return a.draw(r, status, views.AccountPage(page))
}

func (a *app) changePassword(r *request) error {
	if err := r.Request().ParseForm(); err != nil {
		return badForm(err)
	}
	form := r.Request().PostForm
	err := a.service.ChangePassword(r.Request().Context(), r.bySubmission(form.Get("submission")), r.session, form.Get("current"), form.Get("chosen"), form.Get("again"))
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.accountPage(r, http.StatusUnprocessableEntity, invalid)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "Your password is changed. Other places where you were signed in are signed out."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Account)
}

// device names the browser and the system in words that a person recognises.
func device(agent string) string {
	pick := func(names ...[2]string) string {
		for _, n := range names {
			if strings.Contains(agent, n[0]) {
				return n[1]
			}
		}
		return ""
	}
	browser := pick([2]string{"Edg/", "Edge"}, [2]string{"Firefox/", "Firefox"}, [2]string{"Chrome/", "Chrome"}, [2]string{"Safari/", "Safari"})
	system := pick([2]string{"Windows", "Windows"}, [2]string{"iPhone", "iPhone"}, [2]string{"iPad", "iPad"}, [2]string{"Android", "Android"}, [2]string{"Mac OS", "Mac"}, [2]string{"Linux", "Linux"})
	switch {
	case browser == "":
		return "A browser"
	case system == "":
		return browser
	}
	return browser + " on " + system
}
