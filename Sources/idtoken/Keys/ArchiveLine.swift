//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken
internal import IDTokenBytes
internal import OpenSSLSignature

/// A line of an archive: a JSON object that says when and where a key was seen, and ends with a checksum.
///
/// The checksum is the last member, `sha256`: the SHA-256, in hexadecimal digits, of all bytes of the line before the comma
/// that precedes it. It tells a line that was damaged from one that describes another key. It is no protection against
/// somebody who can write the archive. Lines of archives that were written before there were checksums have none.
enum ArchiveLine {
    private static let beforeChecksum = ",\"sha256\":\""
    private static let afterChecksum = "\"}"

    /// Writes a line, without its end.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - profile: The kind of token that it verifies.
    ///   - source: The URL or file that contained it.
    ///   - time: When it was seen, in seconds since 1970.
    /// - Returns: The bytes of the line.
    static func bytes(_ key: KeySet.Key, of profile: TrustProfile, source: String, at time: Double) -> [UInt8] {
        let googleKeysURL = TrustProfile.googleIDToken.keysURL
        let keySet = profile.keysURL.isExactly(googleKeysURL) ? [] : [("keySet", IDTokenJSON.string(profile.keysURL))]
        let members =
            [("seen", IDTokenJSON.string(time.utcText)), ("source", .string(source))] + keySet + key.webKeyMembers
        let line = Array(IDTokenJSON.object(members).json.utf8.dropLast())
        guard let hash = SHA256.digest(line.span) else { return line + "}".utf8 }
        return line + (self.beforeChecksum + hash.text + self.afterChecksum).utf8
    }

    /// Whether a line describes a key of a profile, which only the keys of that one issuer verify.
    static func isOf(_ profile: TrustProfile, line: [IDTokenJSON.Member]) -> Bool {
        guard let keySet = line["keySet"] else { return profile.keysURL.isExactly(TrustProfile.googleIDToken.keysURL) }
        return keySet.stringValue?.isExactly(profile.keysURL) ?? false
    }

    /// Whether a line has no checksum, or one that is right.
    ///
    /// - Parameters:
    ///   - line: The bytes of the line.
    ///   - json: The object that they describe.
    /// - Returns: Whether it has.
    static func isIntact(_ line: [UInt8], json: IDTokenJSON) -> Bool {
        guard let checksum = json.objectValue?["sha256"] else { return true }
        guard let digits = checksum.stringValue else { return false }
        let end = Array((self.beforeChecksum + digits + self.afterChecksum).utf8)
        guard line.count > end.count, line.suffix(end.count).elementsEqual(end) else { return false }
        let content = line.span.extracting(droppingLast: end.count)
        return SHA256.digest(content)?.text.isExactly(digits) ?? false
    }
}

extension SHA256Hash {
    /// The digest in 64 hexadecimal digits.
    var text: String {
        [self.words.0, self.words.1, self.words.2, self.words.3]
            .map { word in
                let digits = String(word, radix: 16)
                return String(repeating: "0", count: 16 - digits.utf8.count) + digits
            }
            .joined()
    }
}
#endif
