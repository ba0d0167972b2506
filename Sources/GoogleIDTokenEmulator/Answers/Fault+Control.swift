//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import GoogleIDToken

extension GoogleEmulator.Fault {
    private enum Name: String, CaseIterable {
        case delay, status, garbage, hang, empty
    }

    private static let names = "delay (with seconds), status (with status), garbage, hang, empty (keys only)"

    /// Reads a fault from a control request.
    ///
    /// - Throws: ``ControlError`` if the fault is missing or not valid.
    init(_ object: [IDTokenJSON.Member], for endpoint: GoogleEmulator.Endpoint) throws(ControlError) {
        guard let text = object["fault"]?.stringValue else {
            throw ControlError("fault is missing; the faults are \(Self.names)")
        }
        switch Name.allCases.first(where: { $0.rawValue.isExactly(text) }) {
        case .delay:
            guard let seconds = object["seconds"]?.doubleValue, 0...3_600 ~= seconds else {
                throw ControlError("the fault delay needs seconds, a number from 0 to 3600 (1 hour)")
            }
            self = .delay(.seconds(seconds))
        case .status:
            guard let status = object["status"]?.integerValue, 200...599 ~= status else {
                throw ControlError("the fault status needs status, a number from 200 to 599")
            }
            self = .status(Int(status))
        case .garbage: self = .garbage
        case .hang: self = .hang
        case .empty:
            guard endpoint == .keys else {
                throw ControlError("the fault empty can be used with the endpoint keys only")
            }
            self = .empty
        case nil: throw ControlError("there is no fault '\(text)'; the faults are \(Self.names)")
        }
    }
}

/// Why a control request is refused.
struct ControlError: Error {
    let words: String

    init(_ words: String) {
        self.words = words
    }
}
#endif
