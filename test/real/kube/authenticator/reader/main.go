// Writes what the authenticator's own code makes of each aws-auth that it reads: one a line, as JSON, in and out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/sirupsen/logrus"
	"sigs.k8s.io/aws-iam-authenticator/pkg/mapper/configmap"
)

type mapping struct {
	Arn      string   `json:"arn"`
	Username string   `json:"username"`
	Groups   []string `json:"groups"`
}

type result struct {
	Mappings []mapping `json:"mappings"`
	Accounts []string  `json:"accounts"`
	Error    string    `json:"error,omitempty"`
}

func parse(data map[string]string) (r result) {
	defer func() {
		if p := recover(); p != nil {
			r.Error = fmt.Sprintf("panic: %v", p)
		}
	}()
	users, roles, accounts, err := configmap.ParseMap(data)
	r.Accounts = accounts
	for _, u := range users {
		r.Mappings = append(r.Mappings, mapping{u.UserARN, u.Username, u.Groups})
	}
	for _, m := range roles {
		r.Mappings = append(r.Mappings, mapping{m.RoleARN, m.Username, m.Groups})
	}
	if err != nil {
		r.Error = err.Error()
	}
	return r
}

func main() {
	logrus.SetOutput(io.Discard)
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 1 {
			var data map[string]string
			if bad := json.Unmarshal(line, &data); bad != nil {
				panic(bad)
			}
			if bad := encoder.Encode(parse(data)); bad != nil {
				panic(bad)
			}
		}
		if err != nil {
			return
		}
	}
}
