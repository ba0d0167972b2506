//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import FoundationEssentials
internal import GoogleIDToken

/// Parses the cases of one file.
struct FixtureCaseReader {
    private static let members: Set<String> = [
        "name", "change", "headers", "token", "keys", "audiences", "callers", "issuers", "now", "clockSkew",
        "longestLifetime", "removedSignature", "profile", "clientCertificate", "expect",
    ]

    private let path: String
    private let defaults: [IDTokenJSON.Member]?
    private var names: Set<ExactString> = []
    private var keyFiles: [ExactString: [UInt8]] = [:]

    init(path: String, defaults: [IDTokenJSON.Member]?) {
        self.path = path
        self.defaults = defaults
    }

    mutating func read(_ value: IDTokenJSON, number: Int) throws(FixtureError) -> FixtureCase {
        guard case .object(let own) = value else { throw self.error("case \(number) must be an object.") }
        guard let name = own["name"]?.stringValue, !name.isEmpty else {
            throw self.error("case \(number) has no name; give it one.")
        }
        guard self.names.insert(ExactString(name)).inserted else {
            throw self.error("two cases have the name '\(name)'.")
        }
        let members = try CaseMembers(
            name: name,
            own: own,
            defaults: self.defaults,
            known: Self.members,
            path: self.path
        )

        var configuration = IDTokenVerifier.Configuration()
        var profile = try Self.profile(members)
        if let issuers = try members.strings("issuers") {
            guard !issuers.isEmpty, !issuers.contains(where: \.isEmpty) else {
                throw members.error("issuers must contain at least one issuer, and no empty one")
            }
            profile = profile.accepting(issuers: issuers)
        }
        if let skew = try members.duration("clockSkew") { configuration.clockSkew = skew }
        if let lifetime = try members.duration("longestLifetime") { configuration.maximumLifetime = lifetime }
        if let policy = members["removedSignature"] {
            guard let policy = policy.stringValue.flatMap(RemovedSignaturePolicy.init(rawValue:)) else {
                let known = RemovedSignaturePolicy.allCases.map(\.rawValue).joined(separator: ", ")
                throw members.error("removedSignature must be one of \(known)")
            }
            configuration.removedSignature = policy
        }
        guard let now = try members.seconds("now") else { throw members.error("now is missing") }
        guard let audiences = try members.strings("audiences") ?? profile.audiences else {
            throw members.error("audiences is missing")
        }
        let fixture = FixtureCase(
            name: name,
            file: self.path,
            change: try members.change(),
            input: try Self.input(members),
            keys: try self.keys(members),
            profile: profile,
            audiences: audiences,
            callers: try Self.callers(members),
            configuration: configuration,
            clientCertificate: try Self.clientCertificate(members),
            now: Date(timeIntervalSince1970: now),
            expectation: try Self.expectation(members)
        )
        try Self.checkConfiguration(of: fixture, members)
        return fixture
    }

    private static func input(_ members: CaseMembers) throws(FixtureError) -> FixtureCase.Input {
        switch (members["headers"], members["token"]) {
        case (nil, .string(let token)?): return .token(token)
        case (.object(let headers)?, nil):
            var pairs: [(name: String, value: String)] = []
            for header in headers {
                guard let value = header.value.stringValue else {
                    throw members.error("a header's value must be a string")
                }
                pairs.append((header.name, value))
            }
            return .headers(pairs)
        case (.array(let headers)?, nil):
            var pairs: [(name: String, value: String)] = []
            for header in headers {
                guard let pair = header.stringsValue, pair.count == 2 else {
                    throw members.error("each header must be an array of a name and a value")
                }
                pairs.append((pair[0], pair[1]))
            }
            return .headers(pairs)
        default:
            throw members.error("give either headers, as an object or an array of pairs, or token, as a string")
        }
    }

    /// Returns the bytes of the key document; a string names a file in the folder `keys` beside the folder of the case
    /// file.
    private mutating func keys(_ members: CaseMembers) throws(FixtureError) -> [UInt8] {
        guard let value = members["keys"] else { throw members.error("keys is missing") }
        guard let name = value.stringValue else { return Array(value.json.utf8) }
        if let bytes = self.keyFiles[ExactString(name)] { return bytes }
        guard !name.contains("/") else { throw members.error("keys must be the name of a file, without a folder") }
        // The system resolves the path: `..` after a symbolic link is not the parent that the text suggests.
        let folder = self.path.lastIndex(of: "/").map { String(self.path[..<$0]) } ?? "."
        let bytes = try FixtureFile.readBytes("\(folder)/../keys/\(name)")
        self.keyFiles[ExactString(name)] = bytes
        return bytes
    }

    private static func profile(_ members: CaseMembers) throws(FixtureError) -> TrustProfile {
        guard let value = members["profile"] else { return .googleIDToken }
        guard let name = value.stringValue else { throw members.error("profile must be a string") }
        do throws(IDTokenVerifier.ConfigurationError) {
            return try TrustProfile.named(name)
        } catch {
            throw members.error("profile is wrong: \(error.explanation)")
        }
    }

    private static func clientCertificate(_ members: CaseMembers) throws(FixtureError) -> ClientCertificate? {
        guard let value = members["clientCertificate"] else { return nil }
        guard
            let bytes = value.stringValue.flatMap({ Base64URL.decode($0.utf8.span) }),
            let certificate = ClientCertificate(sha256: bytes)
        else { throw members.error("clientCertificate must be the SHA-256 of a certificate, 32 bytes in base64url") }
        return certificate
    }

    private static func callers(_ members: CaseMembers) throws(FixtureError) -> [CallerPolicy] {
        guard let spellings = try members.strings("callers") else { return [.anyGoogleIdentity] }
        var policies: [CallerPolicy] = []
        for spelling in spellings {
            do throws(IDTokenVerifier.ConfigurationError) {
                policies.append(try CallerPolicy(parsing: spelling))
            } catch {
                throw members.error("callers has a wrong member: \(error.explanation)")
            }
        }
        return policies
    }

    private static func expectation(_ members: CaseMembers) throws(FixtureError) -> FixtureExpectation {
        guard case .object(let expect)? = members["expect"] else { throw members.error("expect must be an object") }
        try FixtureFile.checkMembers(
            of: expect,
            among: ["claims", "assurance", "error", "either"],
            in: members.path,
            place: "expect of case '\(members.name)'"
        )
        switch (expect["claims"], expect["error"], expect["either"]) {
        case (.object(let claims)?, nil, nil):
            guard let assurance = expect["assurance"] else { return .claims(claims, assurance: nil) }
            guard let assurance = assurance.stringValue.flatMap(VerifiedIDToken.Assurance.init(rawValue:)) else {
                throw members.error("assurance must be signature or cloudRunIAM")
            }
            return .claims(claims, assurance: assurance)
        case (nil, .string("*")?, nil) where expect["assurance"] == nil:
            return .error(nil)
        case (nil, .string(let code)?, nil) where expect["assurance"] == nil:
            guard let code = VerificationError.Code(rawValue: code) else {
                throw members.error("expect names the unknown code '\(code)'")
            }
            return .error(code)
        case (nil, nil, .string?) where expect["assurance"] == nil:
            return .either
        default:
            throw members.error("expect must have exactly one of claims (optionally with assurance), error and either")
        }
    }

    /// Checks that the case describes a valid verifier before any case runs; missing keys are allowed.
    private static func checkConfiguration(
        of fixture: FixtureCase,
        _ members: CaseMembers
    ) throws(FixtureError) {
        do throws(IDTokenVerifier.ConfigurationError) {
            _ = try fixture.makeVerifier()
        } catch {
            if error.code == .keysUnusable { return }
            throw members.error("its configuration is invalid: \(error.explanation)")
        }
    }

    private func error(_ problem: String) -> FixtureError {
        FixtureError(file: self.path, problem)
    }
}
