//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import GoogleIDToken

/// Tokens of about so many bytes, presented to a verifier; nobody has signed any of them.
enum TokenFamilies {
    private static let limit = 16 * 1024
    /// How many bytes a segment may decode to beside the rest of a token.
    private static let segmentLimit = (limit - 700) * 3 / 4
    static var all: [Family] { Self.headers + Self.claims + Self.forms }

    /// The header is read before any key is looked up.
    private static var headers: [Family] {
        HostileJSON.shapes.map { shape in
            Self.family("header: \(shape.name)", header: { #"{"alg":"RS256","kid":"k",\#(shape.members($0))}"# })
        }
            + [
                Self.family("header: alg, combining marks", header: { #"{"alg":"\#(HostileJSON.marks($0))"}"# }),
                Self.family("header: alg, long", header: { #"{"alg":"RS256\#(String(repeating: "6", count: $0))"}"# }),
                Self.family(
                    "header: alg, escapes",
                    header: { #"{"alg":"\#(String(repeating: #"\u0052"#, count: $0 / 6))"}"# }
                ),
                Self.family(
                    "header: kid, combining marks",
                    header: { #"{"alg":"RS256","kid":"\#(HostileJSON.marks($0))"}"# }
                ),
                Self.family(
                    "header: kid, long",
                    header: { #"{"alg":"RS256","kid":"\#(String(repeating: "k", count: $0))"}"# }
                ),
                Self.family(
                    "header: kid, long, as Google writes it",
                    header: { #"{"alg":"RS256","kid":"\#(String(repeating: "k", count: $0))","typ":"JWT"}"# }
                ),
                Self.family(
                    "header: typ, combining marks",
                    header: { #"{"alg":"RS256","typ":"\#(HostileJSON.marks($0))"}"# }
                ),
                Self.family(
                    "header: cty, combining marks",
                    header: { #"{"alg":"RS256","cty":"\#(HostileJSON.marks($0))"}"# }
                ),
                Self.family(
                    "header: crit, many",
                    header: { #"{"alg":"RS256","crit":[\#(String(repeating: #""b64","#, count: $0 / 6))0]}"# }
                ),
            ]
    }

    /// Where Cloud Run is trusted the claims of anybody are read and judged.
    private static var claims: [Family] {
        HostileJSON.shapes.map { shape in
            Self.family("claims: \(shape.name)", claims: { Self.claims($0, adding: shape.members) })
        }
            + [
                Self.family(
                    "claims: aud, combining marks",
                    claims: { Self.claims($0, aud: { #""\#(HostileJSON.marks($0))""# }) }
                ),
                Self.family(
                    "claims: aud, combining marks after a scheme",
                    claims: { Self.claims($0, aud: { #""https://\#(HostileJSON.marks($0))""# }) }
                ),
                Self.family(
                    "claims: aud, colons and slashes",
                    claims: { Self.claims($0, aud: { #""\#(String(repeating: ":/", count: $0 / 2))""# }) }
                ),
                Self.family(
                    "claims: aud, ours and a path",
                    claims: {
                        Self.claims(
                            $0,
                            aud: { #""https://service.example.run.app/\#(String(repeating: "x", count: $0))""# }
                        )
                    }
                ),
                Self.family(
                    "claims: aud, many",
                    claims: {
                        Self.claims(
                            $0,
                            aud: {
                                #"[\#(String(repeating: #""https://service.example.run.app","#, count: $0 / 34))"x"]"#
                            }
                        )
                    }
                ),
                Self.family(
                    "claims: aud, many empty",
                    claims: { Self.claims($0, aud: { #"[\#(String(repeating: #""","#, count: $0 / 3))""]"# }) }
                ),
                Self.family(
                    "claims: iss, combining marks",
                    claims: { #"{"iss":"\#(HostileJSON.marks($0))","sub":"1","iat":1,"exp":2}"# }
                ),
                Self.family("claims: sub, long", claims: { #"{"sub":"\#(String(repeating: "1", count: $0))"}"# }),
                Self.family(
                    "claims: exp, long",
                    claims: { #"{"sub":"1","iat":1,"exp":\#(String(repeating: "1", count: $0))}"# }
                ),
                Self.family(
                    "claims: exp, a long fraction",
                    claims: { #"{"sub":"1","iat":1,"exp":0.\#(String(repeating: "3", count: $0))}"# }
                ),
                Self.family(
                    "claims: email, combining marks",
                    claims: { size in
                        Self.claims(size, adding: { #""email_verified":true,"email":"\#(HostileJSON.marks($0))""# })
                    }
                ),
                Self.family(
                    "claims: hd, combining marks",
                    claims: { size in
                        Self.claims(size, adding: { #""hd":"\#(HostileJSON.marks($0))""# })
                    }
                ),
            ]
    }

    /// Texts that are no token, or hardly one.
    private static var forms: [Family] {
        [
            Self.family("segments: dots", token: { String(repeating: ".", count: $0) }),
            Self.family("segments: many", token: { String(repeating: "a.", count: $0 / 2) }),
            Self.family("segments: none", token: { String(repeating: "a", count: $0) }),
            Self.family(
                "segments: a long signature of a known key",
                token: { Presented.token(signatureLength: $0 - 300) }
            ),
            Self.family(
                "segments: a long header that is no JSON",
                token: { "\(String(repeating: "A", count: $0 - 20)).e30.AAAA" }
            ),
            Self.family(
                "segments: no base64url at the end",
                token: { "e30.e30.\(String(repeating: "A", count: $0 - 20))=" }
            ),
            Self.family(
                "segments: not canonical at the end",
                token: { "e30.e30.\(String(repeating: "A", count: ($0 - 20) / 4 * 4))B" }
            ),
            Self.family("segments: commas", token: { String(repeating: "a,", count: $0 / 2) }),
            Self.family(
                "segments: schemes joined by commas",
                token: { String(repeating: ", Bearer x", count: $0 / 10) }
            ),
            Self.family("segments: combining marks", token: { HostileJSON.marks($0) }),
            Self.family("segments: spaces", token: { String(repeating: " ", count: $0) + "a" }),
            Family("segments: a token far beyond the limit", .raw, upTo: 1 << 20) { size in
                Presented.work(token: String(repeating: "a", count: size))
            },
            Family("header floods: fields of other names", .raw, upTo: Self.limit) { size in
                Presented.work(Array(repeating: ("X-Field", "a"), count: size / 8))
            },
            Family("header floods: Authorization again and again", .raw, upTo: Self.limit) { size in
                Presented.work(Array(repeating: ("Authorization", "a"), count: size / 14))
            },
            Family("header floods: a name of combining marks", .raw, upTo: Self.limit) { size in
                Presented.work([(HostileJSON.marks(size), "a")])
            },
            Family("header floods: another scheme, commas", .raw, upTo: Self.limit) { size in
                Presented.work([("Authorization", "Basic x" + String(repeating: ",Bearer\u{301}", count: size / 9))])
            },
        ]
    }

    private static func claims(
        _ size: Int,
        aud: (Int) -> String = { _ in #""https://service.example.run.app""# },
        adding members: ((Int) -> String)? = nil
    ) -> String {
        let more = members.map { "," + $0(size - 180) } ?? ""
        return
            #"{"iss":"https://accounts.google.com","aud":\#(aud(size - 180)),"sub":"1","iat":1699999940,"exp":1700003540\#(more)}"#
    }

    private static func family(_ name: String, header: @escaping (Int) -> String) -> Family {
        Family(name, .raw, upTo: Self.segmentLimit) { size in
            Presented.work(
                Presented.token(
                    header: header(size),
                    claims: "{}",
                    signature: String(repeating: "A", count: 342)
                )
            )
        }
    }

    private static func family(_ name: String, claims: @escaping (Int) -> String) -> Family {
        Family(name, .raw, upTo: Self.segmentLimit) { size in
            let header = #"{"alg":"RS256","kid":"k","typ":"JWT"}"#
            let claims = claims(size)
            return Presented.work(
                Presented.token(header: header, claims: claims, signature: CompactToken.removedSignature),
                in: "X-Serverless-Authorization"
            )
        }
    }

    private static func family(_ name: String, token: @escaping (Int) -> String) -> Family {
        Family(name, .raw, upTo: Self.limit) { Presented.work(token($0 - 8)) }
    }
}
