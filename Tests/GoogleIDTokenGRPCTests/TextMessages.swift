//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import GRPCCore

/// Messages that are text: what a protocol compiler would write for a message with one field.
struct TextSerializer: MessageSerializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: String) -> Bytes {
        Bytes(message.utf8)
    }
}

struct TextDeserializer: MessageDeserializer {
    func deserialize<Bytes: GRPCContiguousBytes>(_ serializedMessageBytes: Bytes) -> String {
        unsafe serializedMessageBytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
#endif
