package service

import (
	"fmt"
	"runtime"

	"github.com/alexedwards/argon2id"
)

// passwordCost is what OWASP's password storage cheat sheet gives for argon2id: 19 MiB, 2 passes, 1 lane.
var passwordCost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashing bounds how many passwords are worked on at once, and so the memory that a flood of sign-ins takes. Half of the processors
// stay with those who have signed in.
var hashing = make(chan struct{}, max(1, runtime.NumCPU()/2))

// hashes waits until a password may be worked on. When that is done its memory is taken back at once: what is in use while the
// collector looks counts twice in how much there may be before it looks again, and this is more than all else that is in use.
func hashes() (done func()) {
	hashing <- struct{}{}
	return func() {
		runtime.GC()
		<-hashing
	}
}

func hashPassword(password string) (string, error) {
	defer hashes()()
	hash, err := argon2id.CreateHash(password, passwordCost)
	if err != nil {
		return "", fmt.Errorf("hash the password: %w", err)
	}
	return hash, nil
}

func matches(password, hash string) (bool, error) {
	defer hashes()()
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("check the password: %w", err)
	}
	return ok, nil
}
