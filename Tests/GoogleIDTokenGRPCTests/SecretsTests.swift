//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import GRPCCore
internal import GoogleIDToken
internal import GoogleIDTokenGRPC
internal import TestSupport
internal import Testing

/// No status of a gRPC server repeats what was presented in any fixture case.
@Suite("secrets in gRPC's statuses")
struct SecretsTests {
    @Test("neither the status nor what a log line makes of the error")
    func statuses() async throws {
        var count = 0
        for fixture in try await RunCase.all() {
            guard let error = fixture.error else { continue }
            count += 1
            let status = RPCError(error)
            for text in [status.message, "\(status.metadata)", "\(status)"] {
                #expect(fixture.secrets.found(in: text) == nil, "\(fixture.name)")
            }
        }
        #expect(count > 500)
    }
}
#endif
