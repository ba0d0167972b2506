//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
extension String {
    /// Whether a text has any eight bytes in a row of one of the words of a header's value.
    func quotes(_ value: String) -> Bool {
        let own = Self.runs(of: self[...])
        return value.split(separator: " ").contains { !own.isDisjoint(with: Self.runs(of: $0)) }
    }

    private static func runs(of text: Substring) -> Set<ArraySlice<UInt8>> {
        let bytes = Array(text.utf8)
        return Set(bytes.indices.dropLast(7).map { bytes[$0..<($0 + 8)] })
    }
}
#endif
