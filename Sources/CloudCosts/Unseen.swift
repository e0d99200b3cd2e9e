extension Unicode.Scalar {
  /// Whether it acts on who shows it and is not seen itself: control characters, line ends that
  /// only some readers know, signs that turn the direction of writing around, spaces and hyphens
  /// without a width, and invisible copies of ASCII. A name that holds one reads otherwise than it
  /// is.
  ///
  /// Unicode 16, general categories Cc, Zl and Zp; annex 9, table 2 (directional formatting);
  /// chapters 23.2 (zero width space, word joiner, soft hyphen) and 23.9 (tags). Other joiners are
  /// not among them: scripts and emoji need these.
  package var isUnseen: Bool {
    switch value {
    case 0...0x1f, 0x7f...0x9f, 0xad: true
    case 0x61c, 0x200b, 0x200e, 0x200f, 0x2028...0x202e, 0x2060...0x206f: true
    case 0xfeff, 0xfff9...0xfffb, 0xe0000...0xe007f: true
    default: false
    }
  }
}
