//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Headers as logs write them in JSON: an object of names and values, or a list of objects with a name and a value.
enum HeaderValues {
    private static let names = NameSet("authorization", "x-serverless-authorization")
    private static let nameOfName = NameSet("name", "key")
    private static let nameOfValue = NameSet("value")

    /// The values of headers that credentials are sent in, and the strings of a list.
    static func credentials(_ container: JSONPlace, _ bytes: Span<UInt8>) -> [String] {
        var walker = JSONWalker(container.range)
        var credentials: [String] = []
        var isCredential = false
        var pending: String?
        while let value = walker.next(in: bytes) {
            if value.kind == .container {
                if isCredential, let text = pending { credentials.append(text) }
                isCredential = false
                pending = nil
                continue
            }
            guard value.kind == .string, !value.range.isEmpty else { continue }
            guard case .name(let range) = walker.path.last(where: { if case .name = $0 { true } else { false } }) else {
                credentials.append(JSONContext.text(value, bytes))
                continue
            }
            let name = bytes.extracting(range)
            if Self.names.contains(name) {
                credentials.append(JSONContext.text(value, bytes))
            } else if Self.nameOfName.contains(name) {
                isCredential = Self.names.contains(bytes.extracting(value.range))
            } else if Self.nameOfValue.contains(name) {
                pending = JSONContext.text(value, bytes)
            }
        }
        return credentials
    }
}
#endif
