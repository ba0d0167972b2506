//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Hummingbird
import PrivateServer

/// The private service with the users' profiles.
///
/// Only the login service may call it.
@main
struct Profiles {
    struct Profile: ResponseEncodable {
        let user: String
        let shownTo: String
    }

    static func main() async {
        await PrivateServer.run("profiles") { router in
            router.get("profiles/:user") { _, context in
                Profile(user: try context.parameters.require("user"), shownTo: try context.requireCaller().email ?? "")
            }
        }
    }
}
