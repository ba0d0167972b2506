//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDTokenEmulator

/// The settings with which client libraries and verifiers use the emulator instead of Google, as lines for a shell.
struct ClientSettings {
    let emulator: GoogleEmulator
    let files: CredentialFiles?
    /// The URL of the proxy that takes the place of Identity-Aware Proxy, if it runs.
    var proxyURL: String?

    var text: String {
        let url = self.emulator.url
        var lines = [
            "emulator of Google at \(url)",
            "",
            "# This package: keys: .remote(\"\(self.emulator.keysURL)\"), or",
            "#   idtoken verify --keys \(self.emulator.keysURL) ...",
        ]
        for variable in ClientVariable.all(of: self.emulator) {
            if let purpose = variable.purpose { lines.append("# \(purpose):") }
            lines.append("export \(variable.name)=\(variable.value)")
        }
        if let files {
            lines += [
                "# Go, Java and Python can use the key of a service account instead of the metadata server:",
                "export GOOGLE_APPLICATION_CREDENTIALS=\(Self.quoted(files.serviceAccountKey))",
                "# Python can use workload identity federation, and, through the proxy below, an impersonated account:",
                "# export GOOGLE_APPLICATION_CREDENTIALS=\(Self.quoted(files.externalAccount))",
                "# export GOOGLE_APPLICATION_CREDENTIALS=\(Self.quoted(files.impersonatedAccount))",
                "# The emulator is also a proxy for clients that have Google's own URLs: curl with the commands of Google's",
                "# documentation, Go's and Python's impersonation, and Ruby's older versions:",
                "# export http_proxy=\(url) https_proxy=\(url) no_proxy=127.0.0.1,localhost",
                "# These trust its certificates: curl, Python, and Go and Ruby:",
            ]
            let authority = Self.quoted(files.certificateAuthority)
            lines += ["CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"].map { "# export \($0)=\(authority)" }
        } else {
            lines += [
                "# With --folder FOLDER, the emulator also writes a service account's key and other credential files."
            ]
        }
        if let proxyURL {
            lines += [
                "# The proxy in front of the service, which adds the fields of Identity-Aware Proxy:", "# \(proxyURL)",
            ]
        }
        lines += [
            "# This request returns a token, which can have a defect:",
            "#   curl '\(url)/control/token?audience=https://service.example.com&defect=expired'",
            "# This one returns a token of another issuer, whose keys are at \(url)/issuers/ISSUER/keys:",
            "#   curl '\(url)/control/token?issuer=firebase:my-project'",
            "# These requests change the keys and cause faults:",
            "#   curl -X POST \(url)/control/rotate",
            "#   curl -d '{\"endpoint\": \"keys\", \"fault\": \"status\", \"status\": 503}' \(url)/control/faults",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// A path in quotation marks for a shell.
    private static func quoted(_ path: String) -> String {
        "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
#endif
