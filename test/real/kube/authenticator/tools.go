//go:build tools

// Package tools names the program that `go build sigs.k8s.io/aws-iam-authenticator/cmd/aws-iam-authenticator` makes here.
package tools

import _ "sigs.k8s.io/aws-iam-authenticator/cmd/aws-iam-authenticator"
