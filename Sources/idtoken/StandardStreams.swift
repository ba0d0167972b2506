//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation

/// What the command writes: results to standard output, all else to standard error.
enum StandardStreams {
    /// Writes a line of a result, or more of them.
    ///
    /// - Throws: ``CommandFailure`` if nobody takes it, as on a full disk.
    static func printLine(_ text: String) throws {
        try self.print(Array((text + "\n").utf8))
    }

    /// Writes bytes of a result.
    ///
    /// - Throws: ``CommandFailure`` if nobody takes them.
    static func print(_ bytes: [UInt8]) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            throw CommandFailure(
                status: .unreadableInput,
                message: "standard output cannot be written; check that there is space."
            )
        }
    }

    /// Writes a line to standard error; if that cannot be written either, there is nobody to tell.
    static func report(_ message: String) {
        self.note("idtoken: \(message.withoutCredentials.printable)")
    }

    /// Writes lines as they are to standard error.
    static func note(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data("\(text)\n".utf8))
    }
}

extension String {
    /// The text on one line, of characters that a terminal shows and does not obey; others are escaped.
    var printable: String {
        if self.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return self }
        var text = ""
        for scalar in self.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
#endif
