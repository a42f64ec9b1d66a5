package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/service"
)

// PersonCommand has the commands about people.
type PersonCommand struct {
	Add    AddPersonCommand     `cmd:"" help:"Make an account."`
	Reset  ResetPasswordCommand `cmd:"" help:"Give a person a new password and sign them out everywhere."`
	Assign AssignCommand        `cmd:"" help:"Give a person who has an account one more role."`
}

// roles are the flags that say which roles to give, and where and when.
type roles struct {
	Role  []roleAt `required:"" help:"A role, or a role at a place such as caseworker@Q72; may be given several times. Roles: practice_manager, signatory, caseworker, team_lead, finance_officer, programme_manager, auditor, administrator." placeholder:"ROLE[@CODE]"`
	At    string   `help:"Code of the organisation at which roles without an @ are held." placeholder:"CODE"`
	From  day      `help:"First day on which the roles are held; today when left out." placeholder:"YYYY-MM-DD"`
	Until day      `help:"Last day on which the roles are held; no end when left out." placeholder:"YYYY-MM-DD"`
}

// roleAt is a role with the code of its place, if that was given.
type roleAt struct {
	account.Role
	place string
}

// UnmarshalText reads caseworker@Q72, and a role's name with dashes as well.
func (r *roleAt) UnmarshalText(text []byte) error {
	role, place, _ := strings.Cut(string(text), "@")
	r.Role, r.place = account.Role(strings.ReplaceAll(role, "-", "_")), strings.ToUpper(place)
	if _, known := account.KindOf(r.Role); !known {
		return fmt.Errorf("there is no role %q: the roles are %s", role, roleCodes())
	}
	return nil
}

func roleCodes() string {
	var codes []string
	for _, k := range account.Kinds {
		codes = append(codes, string(k.Role))
	}
	return strings.Join(codes, ", ")
}

// list is what the flags ask for. A role that is only held everywhere does not take --at.
func (r roles) list() []service.NewRole {
	var list []service.NewRole
	for _, given := range r.Role {
		role := service.NewRole{Role: given.Role, Place: given.place, From: r.From.Date, Until: r.Until.Date}
		kind, _ := account.KindOf(given.Role)
		if role.Place == "" && !slices.Equal(kind.Places, []account.Place{account.Everywhere}) {
			role.Place = strings.ToUpper(r.At)
		}
		list = append(list, role)
	}
	return list
}

// password is the flag by which an operator chooses a password.
type password struct {
	PasswordStdin bool `help:"Read the password from the first line of standard input, instead of making one."`
}

// choose reads the password or makes one; made tells which.
func (f password) choose(p *program) (words string, made bool, err error) {
	if !f.PasswordStdin {
		return passphrase(), true, nil
	}
	line, err := bufio.NewReader(p.stdin).ReadString('\n')
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", false, errors.Join(errors.New("no password on standard input"), ignoreEnd(err))
	}
	return line, false, nil
}

// AddPersonCommand makes an account.
type AddPersonCommand struct {
	Name      string `required:"" help:"First and last name, as others will see it."`
	Email     string `required:"" help:"Email address, with which the person signs in."`
	Telephone string `help:"Telephone number; the practice sees that of its contact."`
	roles
	password
	JSON bool `name:"json" help:"Print the result as JSON."`
}

// Run makes the account. A password that it makes is printed once and must be changed at the first sign-in.
func (a AddPersonCommand) Run(ctx context.Context, p *program) error {
	words, made, err := a.choose(p)
	if err != nil {
		return err
	}
	return p.withService(ctx, func(s *service.Service) error {
		id, err := s.AddPerson(ctx, byOperator, service.NewPerson{
			Name: a.Name, Email: a.Email, Telephone: a.Telephone, Roles: a.list(), Password: words,
		})
		if err != nil {
			return fmt.Errorf("add the person: %w", err)
		}
		result := map[string]any{"id": int64(id), "email": strings.ToLower(a.Email)}
		text := fmt.Sprintf("Added %s.", a.Name)
		return p.result(a.JSON, withPassword(result, words, made), text+tellPassword(words, made))
	})
}

// ResetPasswordCommand gives a person a new password.
type ResetPasswordCommand struct {
	Email string `arg:"" help:"Email address of the person."`
	password
	JSON bool `name:"json" help:"Print the result as JSON."`
}

// Run resets the password. The person must change it when they next sign in.
func (r ResetPasswordCommand) Run(ctx context.Context, p *program) error {
	words, made, err := r.choose(p)
	if err != nil {
		return err
	}
	return p.withService(ctx, func(s *service.Service) error {
		if err := s.ResetPassword(ctx, byOperator, r.Email, words); err != nil {
			return fmt.Errorf("reset the password of %s: %w", r.Email, err)
		}
		result := map[string]any{"email": strings.ToLower(r.Email)}
		return p.result(r.JSON, withPassword(result, words, made), "Reset. They are signed out everywhere."+tellPassword(words, made))
	})
}

// AssignCommand gives a person one more role, or several.
type AssignCommand struct {
	Email string `arg:"" help:"Email address of the person."`
	roles
	JSON bool `name:"json" help:"Print the result as JSON."`
}

// Run gives the roles one after the other and stops at the first that is refused.
func (a AssignCommand) Run(ctx context.Context, p *program) error {
	return p.withService(ctx, func(s *service.Service) error {
		var given []string
		for _, role := range a.list() {
			if err := s.AssignRole(ctx, byOperator, a.Email, role); err != nil {
				return fmt.Errorf("assign %s to %s: %w", role.Role, a.Email, err)
			}
			given = append(given, strings.TrimSuffix(string(role.Role)+"@"+role.Place, "@"))
		}
		return p.result(a.JSON, map[string]any{"email": strings.ToLower(a.Email), "roles": given}, "Assigned "+strings.Join(given, ", ")+".")
	})
}

func withPassword(result map[string]any, words string, made bool) map[string]any {
	if made {
		result["password"] = words
	}
	return result
}

func tellPassword(words string, made bool) string {
	if !made {
		return ""
	}
	return fmt.Sprintf("\nPassword, shown only now: %s\nIt must be changed at the next sign-in.", words)
}
