//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform
internal import Testing

@Suite("Time limits", .timeLimit(.minutes(5)))
struct TimeLimitTests {
    @Test("an operation that ends in time gives its result")
    func inTime() async throws {
        #expect(try await TimeLimit.first(within: .seconds(50)) { 7 }?.get() == 7)
    }

    @Test("an operation that ignores its cancellation is not waited for")
    func ignoring() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let result = await TimeLimit.first(within: .milliseconds(10)) {
            // A task of its own is not cancelled.
            await Task { for await _ in stream {} }.value
        }
        #expect(result == nil)
        continuation.finish()
    }
}
