//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// Prints one ID token for the audience in the first argument, with Google's client library.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"google.golang.org/api/idtoken"
)

func main() {
	source, err := idtoken.NewTokenSource(context.Background(), os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	token, err := source.Token()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(token.AccessToken)
}
