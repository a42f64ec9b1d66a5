package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
)

// A passphrase is four made-up words of the form consonant, vowel, consonant, vowel, consonant: 65 bits, and it can be
// read out over the telephone. Letters that sound alike when spelt out, and those of most swear words, are left out.
const (
	consonants = "bdghjlmnprstvwz"
	vowels     = "aeiou"
	wordShape  = "cvcvc"
	wordCount  = 4
)

// passphrase makes a random password.
func passphrase() string {
	words := make([]string, wordCount)
	for i := range words {
		var word strings.Builder
		for _, kind := range wordShape {
			letters := consonants
			if kind == 'v' {
				letters = vowels
			}
			word.WriteByte(letters[random(len(letters))])
		}
		words[i] = word.String()
	}
	return strings.Join(words, "-")
}

func random(below int) int {
	n, err := rand.Int(rand.Reader, big.NewInt(int64(below)))
	if err != nil {
		panic(fmt.Errorf("no randomness: %w", err)) // crypto/rand never fails on the systems that we run on
	}
	return int(n.Int64())
}

// ignoreEnd drops io.EOF, which only says that the input ended.
func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
