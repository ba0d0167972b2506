//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation

/// The settings with which client libraries and verifiers use the stand-in instead of Google, as lines for a shell.
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
            "# Python also looks for the metadata server by its IP address:",
            "export GCE_METADATA_IP=\(host)",
            "# Node.js otherwise searches for a long time, and then assumes that there is no metadata server:",
            "export METADATA_SERVER_DETECTION=assume-present",
        ]
        if let files {
            lines += [
                "# All of them can use the key of a service account instead of the metadata server:",
                "export GOOGLE_APPLICATION_CREDENTIALS=\(Self.quoted(files.key))",
                "# or use workload identity federation:",
                "# export GOOGLE_APPLICATION_CREDENTIALS=\(Self.quoted(files.externalAccount))",
            ]
        } else {
            lines += [
                "# With --folder FOLDER, the stand-in also writes a service account's key and an external account."
            ]
        }
        lines += [
            "# This request returns a token, which can have a defect:",
            "#   curl '\(self.url)/control/token?audience=https://service.example.com&defect=expired'",
            "# These requests change the keys and cause faults:",
            "#   curl -X POST \(self.url)/control/rotate",
            "#   curl -d '{\"endpoint\": \"keys\", \"fault\": \"status\", \"status\": 503}' \(self.url)/control/faults",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// A path in quotation marks for a shell.
    private static func quoted(_ file: URL) -> String {
        "'"
            + file.path(percentEncoded: false).split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
#endif
