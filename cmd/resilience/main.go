// Command resilience runs the support cases of the Practice Resilience Programme: the server, and the commands of
// its operators.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr))
}

// commandLine is the grammar of the program: one field a command.
type commandLine struct {
	Database string `help:"The database file, or the address of a PostgreSQL database; goes before RESILIENCE_DATABASE." placeholder:"FILE"`

	Serve      ServeCommand      `cmd:"" help:"Run the server."`
	Import     ImportCommand     `cmd:"" help:"Read the national register: practices, areas, commissioners, list sizes."`
	Migrate    MigrateCommand    `cmd:"" help:"Bring the database up to this program."`
	Person     PersonCommand     `cmd:"" help:"Add people, give them roles, reset passwords."`
	Successor  SuccessorCommand  `cmd:"" help:"Say which practice took over from another."`
	Routes     RoutesCommand     `cmd:"" help:"List every address that the server answers, and who may use it."`
	Allocation AllocationCommand `cmd:"" help:"Give money to a local team."`
	Verify     VerifyCommand     `cmd:"" help:"Prove the ledger and the chain of events, and name the first row that is wrong."`
	Demo       DemoCommand       `cmd:"" help:"Make a demonstration of any size in a new database."`
	Bench      BenchCommand      `cmd:"" help:"Measure how fast the main pages of a server on this machine are."`
	Backup     BackupCommand     `cmd:"" help:"Write the database and its documents to one file, while a server runs."`
	Restore    RestoreCommand    `cmd:"" help:"Bring a backup back, where there is no database yet."`
	Health     HealthCommand     `cmd:"" help:"Ask the server on this machine whether it is ready."`
	Version    VersionCommand    `cmd:"" help:"Say which program this is."`
}

// exit is thrown by --help to leave the parser.
type exit int

// run is the whole program but for the process: it returns the exit status, 0 or 1. An error is one line on stderr.
func run(ctx context.Context, args, environ []string, stdin io.Reader, stdout, stderr io.Writer) (status int) {
	defer func() {
		if thrown := recover(); thrown != nil {
			code, ok := thrown.(exit)
			if !ok {
				panic(thrown)
			}
			status = int(code)
		}
	}()
	var line commandLine
	parser, err := kong.New(&line,
		kong.Name("resilience"),
		kong.Description("Support cases of the Practice Resilience Programme. Settings are RESILIENCE_… variables: see docs/operations.md."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		return fail(stderr, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if err != nil {
		return fail(stderr, fmt.Errorf("%w: try resilience --help", err))
	}
	p := &program{database: line.Database, environ: environ, stdin: stdin, stdout: stdout, stderr: stderr}
	if err := command.Run(p); err != nil {
		return fail(stderr, err)
	}
	return 0
}

// fail prints the error in one line.
func fail(stderr io.Writer, err error) int {
	text := strings.Join(strings.Fields(err.Error()), " ")
	if errors.Is(err, context.Canceled) {
		text = "stopped"
	}
	_, _ = fmt.Fprintln(stderr, "resilience: "+text)
	return 1
}
