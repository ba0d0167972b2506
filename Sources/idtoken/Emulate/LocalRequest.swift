//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// A request to a server on this machine.
struct LocalRequest: Sendable {
    let method: String
    /// The decoded segments of the path; if the path ends with a slash, the last segment is empty.
    let path: [String]
    let query: FormFields
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    /// The value of the first header field with a name, or nil.
    func header(_ name: String) -> String? {
        self.headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as a JSON object, or nil if it is not one.
    var object: [IDTokenJSON.Member]? {
        (try? JSONReader.read(self.body))?.objectValue
    }
}

/// The answer of a server on this machine.
struct LocalAnswer: Sendable {
    var status = 200
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []

    /// Plain text.
    static func text(_ text: String, status: Int = 200) -> LocalAnswer {
        LocalAnswer(status: status, fields: [("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
    }

    /// A JSON object.
    static func object(_ members: (name: String, value: IDTokenJSON)..., status: Int = 200) -> LocalAnswer {
        LocalAnswer.json(.object(members), status: status)
    }

    /// A JSON value.
    static func json(_ value: IDTokenJSON, status: Int = 200) -> LocalAnswer {
        LocalAnswer(
            status: status,
            fields: [("Content-Type", "application/json; charset=UTF-8")],
            body: Array((value.indentedJSON + "\n").utf8)
        )
    }

    /// An error in the format of OAuth endpoints (RFC 6749 §5.2).
    static func oauthError(_ code: String, _ words: String, status: Int = 400) -> LocalAnswer {
        .object(("error", .string(code)), ("error_description", .string(words)), status: status)
    }

    /// An error in the format of Google's other interfaces.
    static func googleError(_ status: Int, _ name: String, _ words: String) -> LocalAnswer {
        let members: [(name: String, value: IDTokenJSON)] = [
            ("code", .integer(Int64(status))), ("message", .string(words)), ("status", .string(name)),
        ]
        return .object(("error", .object(members)), status: status)
    }
}
#endif
