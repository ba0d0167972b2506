//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The words by which explanations name a kind of token, and say what to do about another one.
final class TokenWords: Sendable {
    /// One token, such as "a Google ID token".
    let token: String
    /// All of them, such as "Google's ID tokens".
    let tokens: String
    /// What to do if a token is none of them, as a part of a sentence.
    let remedy: String
    /// What to do instead of accepting another kind of token, as a part of a sentence.
    let alternative: String
    /// What to do if a token is for another audience, as a part of a sentence.
    let audienceRemedy: String
    /// What to do about a token without an e-mail address, as a part of a sentence that a subject follows.
    let emailRemedy: String
    /// The time for which they are valid.
    let lifetime: String
    /// What the request lacks that has none of them, and the remedy, as sentences.
    let missing: String
    /// What a token may be whose key is unknown, as sentences.
    let unknownKey: String
    /// What a service does to verify them, for one that has received them and expects others.
    let usage: String

    init(
        token: String,
        tokens: String,
        remedy: String,
        alternative: String,
        audienceRemedy: String,
        emailRemedy: String,
        lifetime: String,
        missing: String,
        unknownKey: String,
        usage: String
    ) {
        self.token = token
        self.tokens = tokens
        self.remedy = remedy
        self.alternative = alternative
        self.audienceRemedy = audienceRemedy
        self.emailRemedy = emailRemedy
        self.lifetime = lifetime
        self.missing = missing
        self.unknownKey = unknownKey
        self.usage = usage
    }
}
