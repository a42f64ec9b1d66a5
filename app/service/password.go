package service

import (
	"fmt"
	"runtime"

	"github.com/alexedwards/argon2id"
)

// passwordCost is what OWASP's password storage cheat sheet gives for argon2id: 19 MiB, 2 passes, 1 lane.
var passwordCost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashing bounds how many passwords are worked on at once, and so the memory that a flood of sign-ins takes.
var hashing = make(chan struct{}, 2*runtime.NumCPU())

func hashPassword(password string) (string, error) {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	hash, err := argon2id.CreateHash(password, passwordCost)
	if err != nil {
		return "", fmt.Errorf("hash the password: %w", err)
	}
	return hash, nil
}

func matches(password, hash string) (bool, error) {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("check the password: %w", err)
	}
	return ok, nil
}
