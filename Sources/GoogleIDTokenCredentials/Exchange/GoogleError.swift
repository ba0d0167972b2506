//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken

/// The error in a response of a Google server: of OAuth (RFC 6749 §5.2), or of Google's APIs (AIP-193).
struct GoogleError: Sendable {
    /// The kind of error, such as `invalid_grant` or `PERMISSION_DENIED`; printable ASCII.
    let kind: String
    /// What the server says, in quotes, or nil.
    let message: String?

    /// Reads the error of a response, if it has one.
    init?(_ answer: ServerAnswer) {
        guard let members = (try? JSONReader.read(answer.body))?.objectValue, let error = members["error"] else {
            return nil
        }
        let (kind, message) =
            if let members = error.objectValue {
                (members["status"]?.stringValue, members["message"]?.stringValue)
            } else {
                (error.stringValue, members["error_description"]?.stringValue)
            }
        // A kind is one word of letters and underscores; anything else is not shown.
        let word = kind.flatMap { $0.utf8.count <= 64 && $0.utf8.allSatisfy { Self.isWordByte($0) } ? $0 : nil }
        self.kind = word ?? "error"
        self.message = message.flatMap { ServerText($0, withoutSecrets: answer.secrets)?.quoted }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
            || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    }

    /// The kind and the message.
    var words: String {
        self.message.map { "\(self.kind) \($0)" } ?? self.kind
    }

    /// Whether the server asks to try again although its status does not say so.
    var isTransient: Bool {
        ["internal_failure", "server_error", "temporarily_unavailable"].contains { self.kind.isExactly($0) }
    }

    /// Whether an OAuth server rejects the credential.
    var refusesCredential: Bool {
        ["invalid_grant", "invalid_client", "unauthorized_client", "invalid_rapt"].contains { self.kind.isExactly($0) }
    }
}
