//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Observability
internal import GoogleIDToken
internal import GoogleIDTokenObservability
internal import InMemoryLogging
internal import Logging
internal import MetricsTestKit
internal import TestSupport
internal import Testing

/// No log line and no metric of any fixture case repeats what was presented.
@Suite("secrets in logs and metrics") struct SecretsTests {
    @Test("no log line repeats what was presented, at any level")
    func logLines() async throws {
        for fixture in try await RunCase.all() {
            var handler = InMemoryLogHandler()
            handler.logLevel = .trace
            let log = VerifierLog(Logger(label: "test") { [handler] _ in handler })
            for event in fixture.events { log.write(event) }
            #expect(handler.entries.count == fixture.events.count, "\(fixture.name)")
            for entry in handler.entries {
                #expect(fixture.secrets.found(in: "\(entry.message) \(entry.metadata)") == nil, "\(fixture.name)")
            }
        }
    }

    @Test("a metric's dimensions are codes")
    func metrics() async throws {
        let factory = TestMetrics()
        let metrics = VerifierMetrics(factory: factory)
        for fixture in try await RunCase.all() {
            for event in fixture.events { metrics.record(event) }
        }
        let codes = Set(VerificationError.Code.allCases.map(\.rawValue)).union(["verified"])
        let dimensions = factory.counters.flatMap { $0.dimensions }.filter { $0.0 == "code" }.map { $0.1 }
        #expect(dimensions.count > 10)
        #expect(Set(dimensions).isSubset(of: codes))
    }
}
#endif
