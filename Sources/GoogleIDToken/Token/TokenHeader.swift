//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes
internal import OpenSSLSignature

/// The part of a token's header (RFC 7515 §4) that is needed to verify its signature.
///
/// `jku`, `jwk`, `x5u` and `x5c` are ignored: a token must not choose the key that verifies it (RFC 8725 §3.10).
struct TokenHeader: Sendable {
    /// The parameter `kid`, or nil if it is absent or not a string (RFC 7515 §4.1.4).
    let keyID: String?

    /// Parses a header and rejects parameters that this verifier does not support.
    ///
    /// - Parameters:
    ///   - bytes: The decoded first segment.
    ///   - algorithm: The only accepted algorithm (RFC 8725 §3.1).
    /// - Throws: ``VerificationError`` with `header_malformed`, `algorithm_unsupported` or `header_unsupported`.
    init(parsing bytes: [UInt8], algorithm: SignatureAlgorithm) throws(VerificationError) {
        let tape = try Self.tape(of: bytes)
        let named = tape.member("alg", of: 0)
        guard tape.isString(at: named, algorithm.rawValue) else {
            throw Self.unsupportedAlgorithm(named, in: tape, expected: algorithm)
        }
        guard tape.member("crit", of: 0) == nil else {
            throw VerificationError(.headerUnsupported) {
                "The token's header lists critical extensions (crit), which \($0.tokens) do not have; \($0.remedy)."
            }
        }
        if let type = tape.member("typ", of: 0), !Self.isJWT(type, in: tape) {
            throw VerificationError(
                .headerUnsupported,
                "The type (typ) in the token's header is not JWT; the token may be an access token or a logout token. "
                    + "The caller must send an ID token."
            )
        }
        if let content = tape.member("cty", of: 0), Self.isJWT(content, in: tape) {
            throw VerificationError(.headerUnsupported) {
                "The token contains another token (cty), which is not supported; \($0.remedy)."
            }
        }
        self.keyID = tape.string(at: tape.member("kid", of: 0))
    }

    private static func tape(of bytes: [UInt8]) throws(VerificationError) -> JSONTape {
        let underlying: JSONError?
        do throws(JSONError) {
            let tape = try JSONReader.tape(of: bytes)
            if tape.kind(at: 0) == .object { return tape }
            underlying = nil
        } catch {
            underlying = error
        }
        throw VerificationError(.headerMalformed, underlying: underlying) {
            "The token's header is not one complete JSON object with unique names; \($0.remedy)."
        }
    }

    /// Whether a media type is that of a JWT, ignoring case and a leading `application/` (RFC 7519 §5.1).
    private static func isJWT(_ index: Int, in tape: JSONTape) -> Bool {
        guard tape.kind(at: index).isString else { return false }
        return tape.withBytes(at: index) { bytes in
            Bytes.areEqual(bytes, ignoringCaseOf: "jwt")
                || Bytes.areEqual(bytes, ignoringCaseOf: "application/jwt")
        }
    }

    private static func unsupportedAlgorithm(
        _ index: Int?,
        in tape: JSONTape,
        expected: SignatureAlgorithm
    ) -> VerificationError {
        let received = SignatureAlgorithm.allCases.first { tape.isString(at: index, $0.rawValue) }
        let isNone = tape.isString(at: index, "none")
        return VerificationError(.algorithmUnsupported) { words in
            switch received {
            case .es256?:
                "The token is signed with ES256, as the assertions of Identity-Aware Proxy are, and not with "
                    + "\(expected.rawValue); \(words.remedy). If this is the assertion of a service behind "
                    + "Identity-Aware Proxy, \(TokenWords.identityAwareProxy.usage)."
            case .rs256?:
                "The token is signed with RS256, as Google ID tokens and Firebase tokens are, and not with "
                    + "\(expected.rawValue); \(words.remedy)."
            case nil where isNone:
                "The token has no signature (alg none), as those of the Firebase emulator; such tokens are never "
                    + "accepted, so \(words.remedy)."
            case nil:
                "The token's algorithm (alg) is not \(expected.rawValue), the only one of \(words.tokens); "
                    + "\(words.remedy)."
            }
        }
    }
}
