//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import OpenSSLSignature

/// A signed request to AWS as the subject token: Google sends it, and AWS answers who has signed it.
struct AWSSubjectToken: SubjectTokenSource {
    static let usualURL = "https://sts.{region}.amazonaws.com?\(Self.query)"
    private static let query = "Action=GetCallerIdentity&Version=2011-06-15"
    private static let region = "{region}"

    let words = "AWS"
    private let metadata: AWSMetadata
    private let verificationURL: String
    private let audience: String
    private let environment: CredentialsEnvironment

    /// Reads the source.
    ///
    /// - Throws: ``IDTokenCredentialsError``.
    init(
        _ source: CredentialMembers,
        environmentID: String,
        audience: String,
        _ environment: CredentialsEnvironment
    ) throws(IDTokenCredentialsError) {
        guard environmentID.isExactly("aws1") else {
            throw IDTokenCredentialsError(
                .credentialUnsupported,
                "\(source.place.sentenceStart) has the environment_id \(environmentID.quotedForOperators); only aws1 is known."
            )
        }
        self.metadata = try AWSMetadata(source, environment)
        self.verificationURL = try source.string("regional_cred_verification_url") ?? Self.usualURL
        // The signed request goes to the URL in token_url: another action, such as AssumeRole, would give it AWS's keys.
        guard AWSRequestURL(self.verificationURL.replacing(Self.region, with: "region"))?.asksWhoSigned == true else {
            throw source.invalid(
                "regional_cred_verification_url",
                "is not an https URL of a host on amazonaws.com with the query \(Self.query)"
            )
        }
        self.audience = audience
        self.environment = environment
    }

    func subjectToken() async throws(IDTokenCredentialsError) -> String {
        let (region, keys) = try await self.metadata.read()
        let url = self.verificationURL.replacing(Self.region, with: region)
        guard let target = AWSRequestURL(url) else {
            throw IDTokenCredentialsError(
                .subjectTokenUnavailable,
                "No request to AWS can be made for the region \(region)."
            )
        }
        let request = AWSSignature.Request(
            method: "POST",
            host: target.host,
            path: target.path,
            query: target.query,
            fields: [("x-goog-cloud-target-resource", self.audience)]
        )
        let fields: [(name: String, value: String)]
        do throws(OpenSSLError) {
            let signature = AWSSignature(keys: keys, region: region, service: "sts")
            fields = try signature.fields(for: request, at: self.environment.clock.now())
        } catch {
            throw IDTokenCredentialsError(.subjectTokenUnavailable, "OpenSSL cannot sign the request to AWS: \(error).")
        }
        let token = IDTokenJSON.object(
            [
                ("url", .string(url)), ("method", .string(request.method)),
                (
                    "headers",
                    .array(fields.map { .object([("key", .string($0.name)), ("value", .string($0.value))]) })
                ),
                ("body", .string("")),
            ]
        )
        return FormText.encode(token.json)
    }
}

/// The parts of a URL of AWS that its signature covers.
struct AWSRequestURL {
    let host: String
    let path: String
    let query: [(name: String, value: String)]

    /// Parses a URL; nil if it is not `https` on a host of `amazonaws.com`, or has encoded characters.
    init?(_ text: String) {
        let scheme = "https://".utf8
        guard text.utf8.starts(with: scheme), !text.utf8.contains(UInt8(ascii: "%")) else { return nil }
        let rest = text.utf8.dropFirst(scheme.count)
        let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        let queryStart = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        self.host = String(decoding: rest[..<end], as: UTF8.self)
        let path = String(decoding: rest[end..<queryStart], as: UTF8.self)
        self.path = path.utf8.isEmpty ? "/" : path
        self.query = rest[queryStart...].dropFirst().split(separator: UInt8(ascii: "&"))
            .map { member in
                let name = member.prefix { $0 != UInt8(ascii: "=") }
                let value = member.dropFirst(name.count + 1)
                return (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
            }
        let parts = URLParts("https://\(self.host)")
        guard parts.hasPlainHost, parts.isHost(in: "amazonaws.com") || parts.isHost(in: "amazonaws.com.cn") else {
            return nil
        }
    }

    /// Whether the request does nothing but ask who has signed it.
    var asksWhoSigned: Bool {
        let wanted = [(name: "Action", value: "GetCallerIdentity"), (name: "Version", value: "2011-06-15")]
        return self.path.isExactly("/") && self.query.count == wanted.count
            && wanted.allSatisfy { member in
                self.query.contains { $0.name.isExactly(member.name) && $0.value.isExactly(member.value) }
            }
    }
}

extension String {
    /// Returns the text with each occurrence of a mark replaced; both are compared byte by byte.
    fileprivate func replacing(_ mark: String, with text: String) -> String {
        var bytes: [UInt8] = []
        let mark = Array(mark.utf8)
        var rest = Array(self.utf8)[...]
        while let first = rest.first {
            if rest.starts(with: mark) {
                bytes += text.utf8
                rest = rest.dropFirst(mark.count)
            } else {
                bytes.append(first)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
