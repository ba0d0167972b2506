//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation

/// Writes results to standard output, and everything else to standard error.
enum StandardStreams {
    /// Writes a line of a result, or more of them.
    ///
    /// - Throws: ``CommandFailure`` if it cannot be written, for example because the disk is full.
    static func printLine(_ text: String) throws {
        try self.print(Array((text + "\n").utf8))
    }

    /// Writes bytes of a result.
    ///
    /// - Throws: ``CommandFailure`` if they cannot be written.
    static func print(_ bytes: [UInt8]) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            throw CommandFailure(
                status: .unreadableInput,
                message:
                    "the result cannot be written to standard output, perhaps because the disk is full or the reader "
                    + "has closed the pipe; free some space or keep the reader running."
            )
        }
    }

    /// Writes a line to standard error; a failure to write it is ignored, since it cannot be reported anywhere.
    static func report(_ message: String) {
        self.note("idtoken: \(message.withoutCredentials.printable)")
    }

    /// Writes lines as they are to standard error.
    static func note(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data("\(text)\n".utf8))
    }
}

extension String {
    /// The text on one line; characters that a terminal would not show, or would obey as commands, are escaped.
    var printable: String {
        if self.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return self }
        var text = ""
        for scalar in self.unicodeScalars {
            if scalar.isHidden {
                text += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Unicode.Scalar {
    /// Whether nobody sees the character, or a terminal obeys it.
    fileprivate var isHidden: Bool {
        switch self.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        default: self.properties.isDefaultIgnorableCodePoint
        }
    }
}
#endif
