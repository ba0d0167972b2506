//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken

/// What a program prints: a JSON object of the version 1 with a token or an error.
struct ExecutableOutput {
    /// The expiry in seconds since 1970, or nil if the output does not state it.
    let expiresAt: Double?
    /// Why there is no token, or nil if there is one.
    let failure: IDTokenCredentialsError?
    private let place: String
    private let members: [IDTokenJSON.Member]

    /// Parses the output.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `subject_token_unavailable`.
    init(_ bytes: [UInt8], from place: String) throws(IDTokenCredentialsError) {
        guard let members = (try? JSONReader.read(bytes))?.objectValue else {
            throw Self.error("\(place.sentenceStart) is not one JSON object.")
        }
        guard members["version"]?.integerValue == 1, let succeeded = members["success"]?.boolValue else {
            throw Self.error("\(place.sentenceStart) does not have version 1 and a Boolean success.")
        }
        self.place = place
        self.members = members
        self.expiresAt = members["expiration_time"]?.doubleValue
        if succeeded {
            self.failure = nil
        } else {
            let words = ["code", "message"]
                .compactMap { members[$0]?.stringValue.flatMap { ServerText($0, withoutSecrets: [])?.quoted } }
            self.failure = Self.error("\(place.sentenceStart) says that it failed: \(words.joined(separator: " ")).")
        }
    }

    /// Returns the token.
    ///
    /// - Parameter type: The type that the credential file states.
    /// - Returns: The token.
    /// - Throws: ``IDTokenCredentialsError`` with `subject_token_unavailable`.
    func token(ofType type: String) throws(IDTokenCredentialsError) -> String {
        if let failure { throw failure }
        guard let found = self.members["token_type"]?.stringValue, found.isExactly(type) else {
            throw Self.error("\(self.place.sentenceStart) has another token_type than \(type.quotedForOperators).")
        }
        let name = type.utf8.elementsEqual("urn:ietf:params:oauth:token-type:saml2".utf8) ? "saml_response" : "id_token"
        guard let token = self.members[name]?.stringValue, !token.utf8.isEmpty else {
            throw Self.error("\(self.place.sentenceStart) has no \(name).")
        }
        return token
    }

    private static func error(_ explanation: String) -> IDTokenCredentialsError {
        IDTokenCredentialsError(.subjectTokenUnavailable, explanation)
    }
}
