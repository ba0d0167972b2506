//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// Google's client library for Go against the emulator: see README.md for the arguments.
package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"

	"google.golang.org/api/idtoken"
	"google.golang.org/api/impersonate"
	"google.golang.org/api/option"
)

// The validator takes its keys from a fixed URL of Google; only the address is changed here.
type emulator struct{ url *url.URL }

var keyRequests = 0

func (e emulator) RoundTrip(request *http.Request) (*http.Response, error) {
	keyRequests++
	request.URL.Scheme, request.URL.Host = e.url.Scheme, e.url.Host
	return http.DefaultTransport.RoundTrip(request)
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func fetch(audience string, options ...idtoken.ClientOption) {
	source, err := idtoken.NewTokenSource(context.Background(), audience, options...)
	fail(err)
	token, err := source.Token()
	fail(err)
	fmt.Println(token.AccessToken)
}

// IAM Credentials has a fixed URL, which is reached through the proxy that the environment names.
func impersonated(audience, key string) {
	source, err := impersonate.IDTokenSource(context.Background(), impersonate.IDTokenConfig{
		Audience:        audience,
		TargetPrincipal: "target@my-project.iam.gserviceaccount.com",
		IncludeEmail:    true,
	}, option.WithCredentialsFile(key))
	fail(err)
	token, err := source.Token()
	fail(err)
	fmt.Println(token.AccessToken)
}

func verify(base, audience string) {
	location, err := url.Parse(base)
	fail(err)
	client := &http.Client{Transport: emulator{location}}
	validator, err := idtoken.NewValidator(context.Background(), option.WithHTTPClient(client))
	fail(err)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		payload, err := validator.Validate(context.Background(), lines.Text(), audience)
		if err != nil {
			fmt.Println("refused", err)
		} else if email, ok := payload.Claims["email"]; ok {
			fmt.Println("accepted", email)
		} else {
			fmt.Println("accepted -")
		}
	}
	// Without the field Age in the answers, it fetches the keys for every token.
	if keyRequests > 1 {
		fmt.Fprintln(os.Stderr, "the keys were fetched", keyRequests, "times")
		os.Exit(1)
	}
}

func main() {
	name, base, audience, folder := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	switch name {
	case "metadata server":
		fetch(audience)
	case "key file":
		fetch(audience, idtoken.WithCredentialsFile(folder+"/service-account-key.json"))
	case "proxy: impersonation":
		impersonated(audience, folder+"/service-account-key.json")
	case "verify with a key set":
		verify(base, audience)
	default:
		fail(fmt.Errorf("there is no case %s", name))
	}
}
