//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// A compact token that stands in the input.
struct CapturedToken: Sendable, Equatable {
    /// The token, with escapes undone.
    var text: String
    /// The line of its file, counted from 1.
    var line: Int
    /// What it stands in: `Authorization`, `.httpRequest.headers.authorization`, `column token`; empty in plain text.
    var place: String
    /// Whether the token ends too early: it has fewer than three segments, an ellipsis follows, or its signature is
    /// short and the value or the line ends with it.
    var isCut: Bool
}
#endif
