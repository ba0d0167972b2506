//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import GoogleIDToken

// What the files in MustNotCompile are near misses of.
let verifier = try IDTokenVerifier(
    audience: "https://profiles-123456.europe-west1.run.app",
    callers: .serviceAccounts("login@my-project.iam.gserviceaccount.com"),
    keys: .remote("http://127.0.0.1:9/keys")
)

func greeting(of caller: VerifiedIDToken) -> String {
    "Hello, \(caller.email ?? caller.subject)"
}

func answer(to headers: [String: String]) async throws(VerificationError) -> String {
    greeting(of: try await verifier.verify(headers: headers))
}

do throws(VerificationError) {
    print(try await answer(to: ["Authorization": "Bearer a.b.c"]))
} catch {
    print(error.code.rawValue)
}
