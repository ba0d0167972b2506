//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import GoogleIDToken
internal import Hummingbird
internal import InMemoryLogging
internal import Logging
internal import NIOEmbedded
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenHummingbird

/// No answer and no log line of a Hummingbird service repeats what was presented in any fixture case.
@Suite("secrets in Hummingbird's answers") struct SecretsTests {
    @Test("neither the answer nor the log line")
    func answers() async throws {
        var count = 0
        for fixture in try await RunCase.all() {
            guard let error = fixture.error else { continue }
            count += 1
            var handler = InMemoryLogHandler()
            handler.logLevel = .trace
            let logger = Logger(label: "test") { [handler] _ in handler }
            let source = ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger)
            let reporter = RefusalReporter(verifier: nil, realm: "profiles", limit: RefusalLimit())
            reporter.log(error, BasicCallerRequestContext(source: source))
            let refused = RequestRefusedError(error, realm: "profiles")
            #expect(handler.entries.count == 1)
            for text in ["\(refused)", "\(refused.headers)"] + handler.entries.map({ "\($0.message) \($0.metadata)" }) {
                #expect(fixture.secrets.found(in: text) == nil, "\(fixture.name)")
            }
        }
        #expect(count > 500)
    }
}
#endif
