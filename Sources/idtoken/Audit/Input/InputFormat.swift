//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser

/// A format of captured records that the user can ask for; without it each record is recognised by itself.
enum InputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// One token on each line; a line without a token is a token that is malformed.
    case tokens
    /// Lines of text, none of which is taken for anything else.
    case text
    /// What `curl -v` prints, raw HTTP requests, or blocks of header lines, with any names.
    case headers
    /// JSON objects; anything else is a record that cannot be read.
    case ndjson
    /// HTTP archives; anything else is a record that cannot be read.
    case har
}
#endif
