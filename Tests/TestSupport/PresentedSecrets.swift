//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken

/// What a caller presented and no text may repeat: any 16 bytes in a row of a credential, of a signature in other
/// spellings, of the header or of the claims.
///
/// Where the claims are vouched for, a text may quote one of them; it may never hold them as they stand in the token.
package struct PresentedSecrets: Sendable {
    private var pieces: Set<Piece> = []

    package init(_ values: [String], isVouchedFor: Bool) {
        for value in values {
            for credential in value.split(whereSeparator: { " \t,".contains($0) }) {
                self.pieces.formUnion(Piece.all(of: credential.utf8))
                self.addParts(of: credential, isVouchedFor)
            }
        }
        // Google's word is no secret, and the library's own explanation says it.
        self.pieces.subtract(Piece.all(of: CompactToken.removedSignature.utf8))
    }

    private mutating func addParts(of credential: Substring, _ isVouchedFor: Bool) {
        let segments = credential.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard segments.count == 3 else { return }
        let parts = segments.map { Base64URL.decode(Array($0).span) ?? [] }
        for part in parts.prefix(2) {
            self.pieces.formUnion(Piece.all(of: part).filter { !isVouchedFor || $0.endsName })
        }
        let hex = parts[2].map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let decimal = parts[2].map(String.init).joined(separator: ", ")
        for spelling in [hex, hex.uppercased(), decimal] {
            self.pieces.formUnion(Piece.all(of: spelling.utf8))
        }
    }

    /// The first piece that a text holds, or nil if it holds none.
    package func found(in text: String) -> String? {
        Piece.all(of: text.utf8).first { self.pieces.contains($0) }?.text
    }
}

/// Sixteen bytes in a row.
private struct Piece: Hashable {
    var first: UInt64 = 0
    var last: UInt64 = 0

    static func all(of bytes: some Collection<UInt8>) -> [Piece] {
        var piece = Piece()
        var count = 0
        return bytes.compactMap { byte in
            piece.first = piece.first << 8 | piece.last >> 56
            piece.last = piece.last << 8 | UInt64(byte)
            count += 1
            return count < 16 ? nil : piece
        }
    }

    private var bytes: [UInt8] {
        [self.first, self.last]
            .flatMap { word in (0..<8).reversed().map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
    }

    /// Whether it holds the end of a JSON name.
    var endsName: Bool {
        zip(self.bytes, self.bytes.dropFirst()).contains { $0 == UInt8(ascii: "\"") && $1 == UInt8(ascii: ":") }
    }

    var text: String {
        String(decoding: self.bytes, as: UTF8.self)
    }
}
