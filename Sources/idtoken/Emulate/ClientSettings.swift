//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation

/// What to set so that client libraries and verifiers take the stand-in for Google, as lines for a shell.
struct ClientSettings {
    let url: String
    let files: CredentialFiles?

    var text: String {
        let host = self.url.replacing("http://", with: "")
        var lines = [
            "stand-in for Google at \(self.url)",
            "",
            "# This package: keys: .remote(\"\(self.url)/oauth2/v3/certs\"), or",
            "#   idtoken verify --keys \(self.url)/oauth2/v3/certs ...",
            "# Metadata server, for Go, Java, Node.js and Python:",
            "export GCE_METADATA_HOST=\(host)",
            "# besides for Python, which looks for the metadata server by its IP address:",
            "export GCE_METADATA_IP=\(host)",
            "# besides for Node.js, which looks for it for long, and then believes that there is none:",
            "export METADATA_SERVER_DETECTION=assume-present",
        ]
        if let files {
            lines += [
                "# Instead of the metadata server, for all of them: a service account's key",
                "export GOOGLE_APPLICATION_CREDENTIALS=\(Self.quoted(files.key))",
                "# or workload identity federation:",
                "# export GOOGLE_APPLICATION_CREDENTIALS=\(Self.quoted(files.externalAccount))",
            ]
        } else {
            lines += ["# With --folder DIR there are also a service account's key and an external account."]
        }
        lines += [
            "# A token by hand, whole or with a defect:",
            "#   curl '\(self.url)/control/token?audience=https://service.example.com&defect=expired'",
            "# Other keys, and faults:",
            "#   curl -X POST \(self.url)/control/rotate",
            "#   curl -d '{\"endpoint\": \"keys\", \"fault\": \"status\", \"status\": 503}' \(self.url)/control/faults",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// A path as a shell takes it.
    private static func quoted(_ file: URL) -> String {
        "'"
            + file.path(percentEncoded: false).split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
#endif
