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

    var text: String {
        let url = self.emulator.url
        var lines = [
            "emulator of Google at \(url)",
            "",
            "# This package: keys: .remote(\"\(self.emulator.keysURL)\"), or",
            "#   idtoken verify --keys \(self.emulator.keysURL) ...",
        ]
        for variable in ClientVariable.all(of: self.emulator) {
            lines += ["# \(variable.purpose):", "export \(variable.name)=\(variable.value)"]
        }
        if let files {
            lines += [
                "# curl, Go, Java and Python can use the key of a service account instead of the metadata server:",
                "export GOOGLE_APPLICATION_CREDENTIALS=\(Self.quoted(files.serviceAccountKey))",
                "# or use workload identity federation, as far as they support it:",
                "# export GOOGLE_APPLICATION_CREDENTIALS=\(Self.quoted(files.externalAccount))",
            ]
        } else {
            lines += [
                "# With --folder FOLDER, the emulator also writes a service account's key and other credential files."
            ]
        }
        lines += [
            "# This request returns a token, which can have a defect:",
            "#   curl '\(url)/control/token?audience=https://service.example.com&defect=expired'",
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
