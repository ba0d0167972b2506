//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
package import GoogleIDToken

/// The answer of a server on this machine.
package struct LocalAnswer: Sendable {
    package var status = 200
    package var fields: [(name: String, value: String)] = []
    package var body: [UInt8] = []
    /// What the server's log says about the answer, beside its status, or nil.
    package var note: String?

    package init(status: Int = 200, fields: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// Text.
    static func text(_ text: String, type: String = "text/plain; charset=utf-8", status: Int = 200) -> LocalAnswer {
        LocalAnswer(status: status, fields: [("Content-Type", type)], body: Array(text.utf8))
    }

    /// A JSON object.
    package static func object(_ members: (name: String, value: IDTokenJSON)..., status: Int = 200) -> LocalAnswer {
        LocalAnswer.json(.object(members), status: status)
    }

    /// A JSON value.
    static func json(_ value: IDTokenJSON, status: Int = 200) -> LocalAnswer {
        .text(value.indentedJSON + "\n", type: "application/json; charset=UTF-8", status: status)
    }

    /// An error in the format of OAuth endpoints (RFC 6749 §5.2).
    static func oauthError(_ code: String, _ words: String, status: Int = 400) -> LocalAnswer {
        .object(("error", .string(code)), ("error_description", .string(words)), status: status)
    }

    /// An error in the format of Google's other interfaces.
    package static func googleError(_ status: Int, _ name: String, _ words: String) -> LocalAnswer {
        let members: [(name: String, value: IDTokenJSON)] = [
            ("code", .integer(Int64(status))), ("message", .string(words)), ("status", .string(name)),
        ]
        return .object(("error", .object(members)), status: status)
    }

    /// The answer to a request for something that is not there; the log says so too.
    ///
    /// - Parameters:
    ///   - what: What is not there, such as "no such path".
    ///   - known: What there is instead.
    /// - Returns: The answer.
    static func notFound(_ what: String, known: [String]) -> LocalAnswer {
        var answer = Self.googleError(
            404,
            "NOT_FOUND",
            "The emulator has \(what). It has: \(known.joined(separator: ", "))."
        )
        answer.note = what
        return answer
    }
}
#endif
