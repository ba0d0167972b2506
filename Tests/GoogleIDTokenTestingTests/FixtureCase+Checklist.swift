//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDTokenTesting

extension FixtureCase {
    /// The lines of the normative checklist that a case shows: the numbers in brackets at the end of its name.
    var checklistLines: Set<Int> {
        guard self.name.hasSuffix("]"), let open = self.name.lastIndex(of: "[") else { return [] }
        let numbers = self.name[open...].dropFirst().dropLast().split(separator: ",")
        return Set(numbers.compactMap { Int($0.trimmingCharacters(in: .whitespaces)) })
    }
}
