//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import GoogleIDToken

/// A header that is accepted says RS256 and lists nothing critical, by Foundation's reading too.
enum TokenHeaderTarget {
    static func run(_ bytes: [UInt8]) {
        do throws(VerificationError) {
            let header = try TokenHeader(parsing: bytes, algorithm: TrustProfile.googleIDToken.signatureAlgorithm)
            guard let second = SecondReader.object(bytes) else { return }
            promise((second["alg"] as? String)?.isExactly("RS256") == true, "the algorithm is RS256")
            promise(second["crit"] == nil, "nothing is critical")
            // The second reader leaves out a byte order mark at the beginning of a text.
            if let keyID = header.keyID, !keyID.utf8.starts(with: "\u{FEFF}".utf8) {
                promise((second["kid"] as? String)?.isExactly(keyID) == true, "the key ID is the header's")
            }
            for name in ["typ", "cty"] {
                let isJWT = ["jwt", "application/jwt"].contains((second[name] as? String)?.lowercased())
                promise(isJWT == (name == "typ") || second[name] == nil || name == "cty", "\(name)")
                promise(name == "typ" || !isJWT, "no token within a token")
            }
        } catch {
            let codes: [VerificationError.Code] = [.headerMalformed, .algorithmUnsupported, .headerUnsupported]
            promise(codes.contains(error.code), "\(error)")
        }
    }
}
