//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation

/// Foundation's reading of JSON, for comparison.
enum SecondReader {
    static func object(_ bytes: [UInt8]) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
    }

    /// A number that is no truth value.
    static func number(_ value: Any?) -> Double? {
        guard let number = value as? NSNumber, !self.isBool(number) else { return nil }
        return number.doubleValue
    }

    /// A truth value that is no number.
    static func bool(_ value: Any?) -> Bool? {
        guard let number = value as? NSNumber, self.isBool(number) else { return nil }
        return number.boolValue
    }

    /// Foundation takes `1` for `true` unless it is asked for the type.
    private static func isBool(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c"
    }
}
