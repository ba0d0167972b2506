//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation

@testable import GoogleIDToken

/// Whoever is accepted for a signature presented a token that was signed, and no error repeats what was presented.
enum RequestTarget {
    /// Where the tokens that were accepted are kept, for a second judge.
    private static let folder = ProcessInfo.processInfo.environment["FUZZ_ACCEPTED"]

    static func run(_ bytes: [UInt8]) {
        let fields = HeaderLines.read(bytes)
        let strict = Self.verify(fields, Verifiers.rejecting)
        let second = Self.verify(fields, Verifiers.readingAuthorization)
        let trusting = Self.verify(fields, Verifiers.trustingCloudRun)
        let trustingMore = Self.verify(fields, Verifiers.trustingCloudRunInEitherHeader)
        guard let strict else { return }
        for other in [second, trusting, trustingMore] {
            promise(other?.subject == strict.subject, "what is accepted strictly is accepted under every policy")
        }
    }

    private static func verify(_ fields: [(name: String, value: String)], _ verifier: IDTokenVerifier)
        -> VerifiedIDToken?
    {
        do throws(VerificationError) {
            let caller = try verifier.verifyWithoutFetching(headers: fields, at: Verifiers.now)
            let value = fields.first { $0.name.lowercased() == caller.credentialHeader?.rawValue.lowercased() }?.value
            let token = value?.split { $0 == " " || $0 == "\t" }.last.map(String.init) ?? ""
            let isRemoved = token.hasSuffix(".\(CompactToken.removedSignature)")
            promise(isRemoved == (caller.assurance == .cloudRunIAM), "what vouches is told")
            let policy = verifier.configuration.removedSignature
            promise(!isRemoved || caller.credentialHeader.map { policy.trustsMark(in: $0) } == true, "unsigned")
            if !isRemoved {
                Self.keep(token)
                promise(GenuineTokens.all.contains(ExactString(token)), "nobody has signed this: \(token)")
            }
            return caller
        } catch {
            let said = error.description + error.httpResponse(realm: "r").headerFields.map(\.value).joined()
            for value in fields.map(\.value) {
                for segment in value.split(whereSeparator: { " \t,.".contains($0) }) where segment.utf8.count > 40 {
                    promise(!said.contains(segment), "an error repeats what was presented")
                }
            }
            return nil
        }
    }

    private static func keep(_ token: String) {
        guard let folder, let name = token.split(separator: ".").last?.suffix(40) else { return }
        let path = "\(folder)/\(name)"
        if !FileManager.default.fileExists(atPath: path) {
            try? Data(token.utf8).write(to: URL(filePath: path))
        }
    }
}
