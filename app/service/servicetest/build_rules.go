package servicetest

import "fmt"

// Rules of the world by number: those that came with the program, and a draft of 2017/18 that "nation two" made and
// nobody else had a hand in.
const (
	Rules2016  int64 = 1
	Rules2017  int64 = 2
	RulesDraft int64 = 3
)

// rules drafts them.
func (b *builder) rules() {
	id, err := b.service.DraftRules(b.ctx, b.by("nation two"), 2017, "The guidance of the new year.")
	b.note(err)
	if b.err == nil && id != RulesDraft {
		b.note(fmt.Errorf("the draft of the rules has the number %d", id))
	}
}
