//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenJSON {
    /// The value as JSON on one line, in ASCII; control and non-ASCII characters are escaped for terminals and logs.
    package var json: String {
        var text = ""
        self.write(to: &text, indentation: nil)
        return text
    }

    /// The value as indented JSON with one line for each member, in ASCII.
    package var indentedJSON: String {
        var text = ""
        self.write(to: &text, indentation: 0)
        return text
    }

    private func write(to text: inout String, indentation: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let bool): text += bool ? "true" : "false"
        case .number(let number): text += number
        case .string(let string): Self.write(string, to: &text)
        case .array(let values):
            Self.writeList(values, in: ("[", "]"), to: &text, indentation: indentation) { value, text, inner in
                value.write(to: &text, indentation: inner)
            }
        case .object(let object):
            Self.writeList(object, in: ("{", "}"), to: &text, indentation: indentation) { member, text, inner in
                Self.write(member.name, to: &text)
                text += inner == nil ? ":" : ": "
                member.value.write(to: &text, indentation: inner)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element],
        in brackets: (open: String, close: String),
        to text: inout String,
        indentation: Int?,
        writeElement: (Element, inout String, Int?) -> Void
    ) {
        text += brackets.open
        let inner = indentation.map { $0 + 2 }
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            Self.breakLine(&text, inner)
            writeElement(element, &text, inner)
        }
        if !elements.isEmpty { Self.breakLine(&text, indentation) }
        text += brackets.close
    }

    private static func breakLine(_ text: inout String, _ indentation: Int?) {
        if let indentation {
            text += "\n" + String(repeating: " ", count: indentation)
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for unit in string.utf16 {
            switch unit {
            case 0x22: text += "\\\""
            case 0x5C: text += "\\\\"
            case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: unit)))
            default:
                let digits = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        text += "\""
    }
}
