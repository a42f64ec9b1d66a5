package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"resilience/app/demo"
	"resilience/app/paths"
)

// ask is a request with what its answer has to hold.
type ask struct {
	path  string
	form  func(n int64) url.Values // of a POST, for the request of that number; nil for a GET
	leads string                   // where a POST leads to
	wants []string                 // texts of the page; under load the first and the last are looked for
}

// load asks a server for pages, many at a time.
type load struct {
	server  *benchServer
	client  *http.Client
	clients int
	during  time.Duration
	cookies map[string]string // by email
	number  atomic.Int64      // of the request
}

func newLoad(server *benchServer, clients int, during time.Duration) *load {
	return &load{server: server, clients: clients, during: during, cookies: map[string]string{}, client: &http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       30 * time.Second,
	}}
}

// answer is what came back for an ask.
type answer struct {
	took    time.Duration
	bytes   int
	queries int
}

// measure warms the page up, with a thorough look at each of its answers, and then asks for it as long as it was told.
func (l *load) measure(ctx context.Context, page benchPage) (figures, error) {
	f := figures{Page: page.name}
	cookie, err := l.signedIn(ctx, page.email)
	if err != nil {
		return f, err
	}
	for _, a := range page.asks {
		if _, err := l.do(ctx, cookie, a, true); err != nil {
			return f, err
		}
	}
	l.run(ctx, cookie, page, max(l.during/10, 200*time.Millisecond), &figures{})
	before, err := l.server.cpu()
	if err != nil {
		return f, err
	}
	elapsed := l.run(ctx, cookie, page, l.during, &f)
	after, err := l.server.cpu()
	if err != nil {
		return f, err
	}
	f.PerSecond = float64(f.requests) / elapsed.Seconds()
	f.CPU = float64(after-before) / float64(time.Millisecond) / float64(max(1, f.requests))
	f.PeakMemory, err = l.server.peakMemory()
	return f, errors.Join(err, ctx.Err())
}

// run has every client ask one request after the other, and fills in what can be seen from outside.
func (l *load) run(ctx context.Context, cookie string, page benchPage, during time.Duration, f *figures) time.Duration {
	began := time.Now()
	var (
		mu   sync.Mutex
		all  []answer
		wait sync.WaitGroup
	)
	for i := range l.clients {
		wait.Go(func() {
			var mine []answer
			for n := i; time.Since(began) < during && ctx.Err() == nil; n += l.clients {
				got, err := l.do(ctx, cookie, page.asks[n%len(page.asks)], false)
				mine = append(mine, got)
				if err != nil {
					mu.Lock()
					if f.failures++; f.wrong == nil {
						f.wrong = err
					}
					mu.Unlock()
				}
			}
			mu.Lock()
			all = append(all, mine...)
			mu.Unlock()
		})
	}
	wait.Wait()
	elapsed := time.Since(began)
	f.sum(all)
	return elapsed
}

// sum fills in what the answers tell.
func (f *figures) sum(all []answer) {
	f.requests = len(all)
	took := make([]time.Duration, len(all))
	for i, a := range all {
		took[i] = a.took
		f.Queries = max(f.Queries, a.queries)
		f.Bytes += a.bytes
	}
	f.Bytes /= max(1, len(all))
	slices.Sort(took)
	f.P50, f.P99 = percentile(took, 50), percentile(took, 99)
}

// percentile is the time, in ms, within which so many of a hundred answers came; took is sorted.
func percentile(took []time.Duration, of int) float64 {
	if len(took) == 0 {
		return 0
	}
	return float64(took[(len(took)*of+99)/100-1]) / float64(time.Millisecond)
}

// do asks once and says what is wrong with the answer. A thorough look is for every text.
func (l *load) do(ctx context.Context, cookie string, a ask, thorough bool) (answer, error) {
	began := time.Now()
	response, body, err := l.send(ctx, cookie, a)
	got := answer{took: time.Since(began), bytes: len(body)}
	if err != nil {
		return got, err
	}
	if got.queries, err = strconv.Atoi(response.Header.Get("X-Queries")); err != nil {
		return got, fmt.Errorf("%s does not say what it asked the database", a.path)
	}
	if a.form != nil {
		if response.StatusCode != http.StatusSeeOther || response.Header.Get("Location") != a.leads {
			return got, fmt.Errorf("%s was answered %d and leads to %q", a.path, response.StatusCode, response.Header.Get("Location"))
		}
		return got, nil
	}
	if response.StatusCode != http.StatusOK {
		return got, fmt.Errorf("%s was answered %d", a.path, response.StatusCode)
	}
	for i, want := range a.wants {
		if (thorough || i == 0 || i == len(a.wants)-1) && !bytes.Contains(body, []byte(want)) {
			return got, fmt.Errorf("%s does not hold %q", a.path, want)
		}
	}
	return got, nil
}

func (l *load) send(ctx context.Context, cookie string, a ask) (*http.Response, []byte, error) {
	method, content := http.MethodGet, ""
	if a.form != nil {
		method, content = http.MethodPost, a.form(l.number.Add(1)).Encode()
	}
	request, err := http.NewRequestWithContext(ctx, method, l.server.url+a.path, strings.NewReader(content))
	if err != nil {
		return nil, nil, err
	}
	request.Header.Set("Cookie", cookie)
	if a.form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := l.client.Do(request)
	if err != nil {
		return nil, nil, err
	}
	body, err := io.ReadAll(response.Body)
	return response, body, errors.Join(err, response.Body.Close())
}

// signedIn is the cookie of a person of the demonstration, who signs in when first asked for.
func (l *load) signedIn(ctx context.Context, email string) (string, error) {
	if cookie := l.cookies[email]; cookie != "" {
		return cookie, nil
	}
	form := url.Values{"email": {email}, "password": {demo.Password}}
	response, _, err := l.send(ctx, "", ask{path: paths.SignIn, form: func(int64) url.Values { return form }})
	if err != nil {
		return "", fmt.Errorf("sign in as %s: %w", email, err)
	}
	if response.StatusCode != http.StatusSeeOther || len(response.Cookies()) != 1 {
		return "", fmt.Errorf("sign in as %s: answered %d", email, response.StatusCode)
	}
	c := response.Cookies()[0]
	l.cookies[email] = c.Name + "=" + c.Value
	return l.cookies[email], nil
}
