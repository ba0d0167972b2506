//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation
internal import IDTokenPlatform

/// The options that say where a credential is read from: header options, a file, or standard input.
struct CredentialInput: ParsableArguments {
    @Option(help: "A request header, written 'Name: value'. The option can be repeated.")
    var header: [String] = []

    @Option(help: "A file that contains one token. (default: standard input)")
    var tokenFile: String?

    /// A credential that has not been checked yet.
    enum Credential {
        case headers([(name: String, value: String)])
        case token(String)
    }

    /// In bytes; longer input cannot be a token.
    private static let maximumSize = 1 << 20

    func validate() throws {
        if !self.header.isEmpty, self.tokenFile != nil {
            throw ValidationError("--header and --token-file cannot be used together; give one of them.")
        }
        _ = try self.headers()
    }

    /// Reads the credential.
    ///
    /// - Throws: ``CommandFailure`` if the file or standard input cannot be read or is not text.
    func read() throws -> Credential {
        if !self.header.isEmpty { return .headers(try self.headers()) }
        let name = self.tokenFile ?? "standard input"
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try OpenFile(reading: self.tokenFile ?? "/dev/stdin").readAll(atMost: Self.maximumSize)
        } catch {
            throw CommandFailure(
                status: .unreadableInput,
                message: "\(name): \(error). Give a readable file that contains one token in its compact form."
            )
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(
                status: .unreadableInput,
                message: "\(name) contains bytes that are not UTF-8 text; give one token in its compact form."
            )
        }
        let token = text.trimmingCharacters(in: CharacterSet(charactersIn: " \t\r\n"))
        guard !token.isEmpty else {
            throw CommandFailure(
                status: .unreadableInput,
                message: "\(name) is empty; give one token in its compact form."
            )
        }
        return .token(token)
    }

    private func headers() throws -> [(name: String, value: String)] {
        try self.header.map { header in
            guard let colon = header.firstIndex(of: ":"), colon > header.startIndex else {
                throw ValidationError("A value of --header has no name before a colon; write it as 'Name: value'.")
            }
            let value = header[header.index(after: colon)...]
            return (String(header[..<colon]), value.trimmingCharacters(in: CharacterSet(charactersIn: " \t")))
        }
    }
}
#endif
