//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken
internal import IDTokenBytes

/// A server's response with what its judgement needs.
struct ServerAnswer: Sendable {
    /// The method and the URL without its secret parts.
    let target: String
    let status: Int
    let fields: HeaderFields
    let body: [UInt8]
    /// What the request contained that no text may repeat.
    let secrets: [String]
    /// The current time, in seconds since 1970.
    let now: Double
    /// The difference between the clocks that a server has stated last.
    let clockOffset: ClockOffset

    /// The difference between the clocks that this response states, or nil.
    var clock: HeaderFields.Clock? {
        Int(exactly: self.now.rounded(.down)).flatMap { self.fields.clock(now: $0) }
    }

    /// The content as text without the white space around it, or nil if it is not UTF-8.
    var text: String? {
        let end = self.body.lastIndex { !Self.isWhiteSpace($0) }.map { $0 + 1 } ?? 0
        let bytes = self.body[..<end].drop(while: Self.isWhiteSpace)
        return String(validating: bytes, as: UTF8.self)
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || 0x09...0x0D ~= byte
    }

    /// Returns the content as a JSON object.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `answer_invalid`.
    func object() throws(IDTokenCredentialsError) -> [IDTokenJSON.Member] {
        if let members = (try? JSONReader.read(self.body))?.objectValue { return members }
        throw self.invalid("is not a JSON object\(self.likeness)")
    }

    /// Creates the error for a response with a success status that is not what was asked for.
    ///
    /// - Parameter what: What is wrong with it, as the end of a sentence.
    /// - Returns: The error.
    func invalid(_ what: String) -> IDTokenCredentialsError {
        IDTokenCredentialsError(
            .answerInvalid,
            "The response to \(self.target) \(what). Check that the URL is right and that no proxy or portal responds in "
                + "the server's place."
        )
    }

    /// What the content looks like, as the end of a sentence, or an empty text.
    var likeness: String {
        guard let first = self.body.first(where: { !Self.isWhiteSpace($0) }) else { return ", it is empty" }
        if first == UInt8(ascii: "<") { return ", it looks like a web page" }
        if first == UInt8(ascii: "{"), let error = GoogleError(self) { return ", it is an error: \(error.words)" }
        return ""
    }
}
