package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx
)

// cluster is a private PostgreSQL server of this process, in a folder of its own and on a free port of this machine.
type cluster struct {
	port  int
	admin *sql.DB
	last  atomic.Int64 // number of the last database
}

// theCluster starts it when the first test asks for it.
var theCluster = sync.OnceValues(startCluster)

// programs is the folder of PostgreSQL's programs, the newest where there are several.
var programs = sync.OnceValues(func() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		path, err = filepath.EvalSymlinks(path) // the other programs are beside the real one
		return filepath.Dir(path), err
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.Join(errors.New("initdb is neither in PATH nor in /usr/lib/postgresql"), err)
	}
	slices.Sort(found)
	return filepath.Dir(found[len(found)-1]), nil
})

// keeper starts the server and stops it when its standard input ends, which it does when this process is gone, however
// it went. $1 is the folder of the programs, $2 the folder of the cluster, $3 the port.
const keeper = `
"$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c max_connections=300 -c fsync=off \
	-c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off -c dynamic_shared_memory_type=mmap \
	-c timezone=America/New_York -c default_transaction_isolation=serializable -c log_min_messages=fatal >"$2/log" 2>&1 &
server=$!
cat >/dev/null
kill -QUIT $server
wait $server
rm -rf "$2"
`

func startCluster() (*cluster, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(shortLived(), "resilience-postgres")
	if err != nil {
		return nil, err
	}
	process, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	// The cluster sorts text as people do, by ICU, keeps another time than ours and isolates more than we ask for, so that
	// what relies on a setting of the database shows.
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-A", "trust", "-U", "resilience", "-E", "UTF8", "--no-sync",
		"--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en")
	initdb.SysProcAttr, initdb.Dir = process, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("initdb: %w: %s", err, out), os.RemoveAll(dir))
	}
	c := &cluster{}
	for range 5 { // another process may take the port in between
		if err = c.serve(bin, dir, process); err == nil {
			return c, nil
		}
	}
	return nil, err
}

// inMemory is a folder that Linux keeps in memory, where a copy of a database takes a fifth of the time.
const inMemory = "/dev/shm"

// shortLived is inMemory where it has room for a cluster, and otherwise the folder for temporary files.
func shortLived() string {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(inMemory, &fs); err != nil || int64(fs.Bavail)*int64(fs.Bsize) < 2<<30 {
		return ""
	}
	return inMemory
}

// unprivileged lets somebody else run the server where we are root, as which it refuses to run, and gives them the
// folder.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	process := &syscall.SysProcAttr{Setsid: true} // an interrupt at the keyboard is for us, the server goes after us
	if os.Getuid() != 0 {
		return process, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		if who, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err := strconv.ParseUint(who.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(who.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	process.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return process, os.Chown(dir, int(uid), int(gid))
}

// serve starts the server on a free port and waits until it answers.
func (c *cluster) serve(bin, dir string, process *syscall.SysProcAttr) error {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	c.port = free.Addr().(*net.TCPAddr).Port
	if err := free.Close(); err != nil {
		return err
	}
	command := exec.Command("/bin/sh", "-c", keeper, "keeper", bin, dir, strconv.Itoa(c.port))
	command.SysProcAttr, command.Dir = process, dir
	life, err := command.StdinPipe() // never written to; the system closes it when we end
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	alive = append(alive, life)
	if c.admin, err = sql.Open("pgx", c.address("postgres")); err != nil {
		return err
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if err = c.admin.Ping(); err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			text, _ := os.ReadFile(filepath.Join(dir, "log"))
			return fmt.Errorf("PostgreSQL does not answer: %w: %s", err, text)
		}
	}
}

// alive keeps the pipes from being closed before the process ends.
var alive []io.Closer

func (c *cluster) address(database string) string {
	return fmt.Sprintf("postgres://resilience@127.0.0.1:%d/%s?sslmode=disable", c.port, database)
}

// create makes a database, empty or as a copy of the template, and returns its name.
func (c *cluster) create(template string) (string, error) {
	name := fmt.Sprintf("test_%d", c.last.Add(1))
	if template == "" {
		template = "template1"
	}
	if _, err := c.admin.ExecContext(context.Background(), fmt.Sprintf(`CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy`, name, template)); err != nil {
		return "", fmt.Errorf("make a database: %w", err)
	}
	return name, nil
}

func (c *cluster) drop(name string) error {
	if _, err := c.admin.ExecContext(context.Background(), fmt.Sprintf(`DROP DATABASE %s WITH (FORCE)`, name)); err != nil {
		return fmt.Errorf("remove a database: %w", err)
	}
	return nil
}
