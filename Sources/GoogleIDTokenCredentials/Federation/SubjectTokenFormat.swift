//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken

/// The format of a file or a response that contains a subject token.
enum SubjectTokenFormat: Sendable {
    case text
    /// A member of a JSON object.
    case json(member: String)

    /// Reads the member `format`; plain text if it is absent.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `file_invalid`.
    init(_ source: CredentialMembers) throws(IDTokenCredentialsError) {
        guard let format = try source.object("format"), let type = try format.string("type") else {
            self = .text
            return
        }
        if type.isExactly("text") {
            self = .text
        } else if type.isExactly("json") {
            self = .json(member: try format.required("subject_token_field_name"))
        } else {
            throw format.invalid("type", "is neither text nor json")
        }
    }

    /// Takes the token out of some bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - place: Where they come from, in the middle of a sentence.
    /// - Returns: The token.
    /// - Throws: ``IDTokenCredentialsError`` with `subject_token_unavailable`.
    func token(in bytes: [UInt8], from place: String) throws(IDTokenCredentialsError) -> String {
        let token: String?
        switch self {
        case .text:
            let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0
            token = String(validating: bytes[..<end].drop { $0 <= 0x20 }, as: UTF8.self)
        case .json(let member):
            token = (try? JSONReader.read(bytes))?[member]?.stringValue
        }
        if let token, !token.utf8.isEmpty, token.utf8.count <= 64 * 1024 { return token }
        let what =
            switch self {
            case .text: "is empty or not UTF-8"
            case .json(let member): "is not a JSON object with the string \(member.quotedForOperators)"
            }
        throw IDTokenCredentialsError(.subjectTokenUnavailable, "\(place.sentenceStart) \(what).")
    }
}
