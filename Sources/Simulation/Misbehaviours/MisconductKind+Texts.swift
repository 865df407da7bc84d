extension MisconductKind {
  /// What it is, in a line of a menu.
  public var title: String { texts.title }

  /// What a replica does that misbehaves like this, as a sentence without its subject and full stop.
  public var sentence: String { texts.sentence }

  /// The rows of the table of faults that it makes possible.
  public var rows: [String] { texts.rows }

  private var texts: (title: String, sentence: String, rows: [String]) {
    switch self {
    case .wrongDigest:
      (
        "proposes under a wrong digest",
        "proposes each request under a digest that is not the request's", ["E4"]
      )
    case .secondProposal:
      (
        "proposes twice at one number",
        "proposes something else a little later, at the same number and to the same backup", ["E3"]
      )
    case .repeatRequest:
      (
        "proposes a request twice",
        "proposes each request a second time, at the next number", ["E5"]
      )
    case .inventRequest:
      (
        "invents requests",
        "proposes, in place of each request, one that its client has not signed", ["E6"]
      )
    case .skipNumber:
      (
        "leaves a number out",
        "leaves one sequence number out and goes on with the next", ["E9"]
      )
    case .beyondWindow:
      ("goes beyond the window", "proposes each request at H + 1", ["E10"])
    case .censor:
      (
        "censors a client",
        "orders the null request in place of whatever this client asks for", ["E11"]
      )
    case .slow:
      (
        "orders slowly",
        "keeps each PRE-PREPARE back for this long, and never lets two leave within it", ["E13"]
      )
    case .wrongView:
      ("proposes in another view", "proposes each request in the view after its own", ["E14"])
    case .withhold:
      (
        "withholds a kind of message", "keeps every message of this kind back",
        ["E7", "E8", "E23", "E24"]
      )
    case .usurp:
      ("proposes as a backup", "sends PRE-PREPAREs as if it led, while it is a backup", ["E14"])
    case .wrongVotes:
      (
        "votes for something else",
        "changes the digest, the view or the number of each of its PREPAREs and COMMITs", ["E17"]
      )
    case .repeatVotes:
      (
        "repeats its votes", "sends each of its PREPAREs and COMMITs so many times over", ["E17"]
      )
    case .lieToClients: ("lies to clients", "answers every request with LIE", ["E18"])
    case .askForView:
      (
        "asks for a high view",
        "sends a VIEW-CHANGE for this view, and sends it again after each resend period", ["E19"]
      )
    case .hideProofs:
      (
        "hides what has prepared", "sends its VIEW-CHANGEs with an empty P", ["E19b"]
      )
    case .inventProofs:
      (
        "invents what has prepared",
        "claims in its VIEW-CHANGEs that another request has prepared, with proofs that only it has "
          + "signed", ["E19c"]
      )
    case .twoFaced:
      (
        "sends two VIEW-CHANGEs",
        "sends its true VIEW-CHANGE to some and one with an empty P to others", ["E19d"]
      )
    case .wrongCheckpoints:
      (
        "gives wrong checkpoints", "sends CHECKPOINTs with a digest of no state at all", ["E19e"]
      )
    case .bogusState:
      (
        "hands out a bogus state",
        "answers who fetches a state with one that never was; `checkpoint`: its CHECKPOINTs vouch "
          + "for that", ["E19f", "A17"]
      )
    case .forgeSender:
      (
        "uses another's name",
        "sends a copy of each of its messages in the name of this replica, signed with its own key",
        ["E19g", "A19"]
      )
    case .byHand:
      (
        "altered by hand", "runs the honest code until somebody alters its messages by hand", []
      )
    case .omitInNewView:
      (
        "omits what prepared", "sends its NEW-VIEW with an empty O, whatever V proves", ["E20"]
      )
    case .twoNewViews:
      (
        "begins a view twice",
        "sends two NEW-VIEWs with different V, each of them valid, to different backups", ["E21"]
      )
    case .thinNewView:
      (
        "begins a view without proof",
        "sends its NEW-VIEW with a V that is too small, names a sender twice or holds a VIEW-CHANGE "
          + "for another view", ["E22"]
      )
    }
  }

  /// What the parameter is, for a menu or a completion; empty where there is none.
  public var parameterHelp: String {
    switch self {
    case .withhold: "the kind of message that it keeps back, such as COMMIT"
    case .censor: "the client that it does not serve"
    case .slow: "how long it keeps each proposal back; just below T is the most it can do"
    case .repeatVotes: "how often, \(Self.counts.lowerBound) to \(Self.counts.upperBound) times"
    case .askForView: "the view that it asks for"
    case .forgeSender: "the replica whose name it uses"
    case .wrongVotes: "what is wrong in them: digest, view or number"
    case .bogusState: "data: its CHECKPOINTs are right; checkpoint: they vouch for the bogus state"
    case .thinNewView:
      "few: 2f VIEW-CHANGEs; twice: two of one sender; other: one for another view"
    default: ""
    }
  }
}
