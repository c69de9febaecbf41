/**
 * Which formulas may be set. Whoever sets them lets a formula define words, style elements and name addresses, and an
 * element with an address loads it as soon as it is made, which no cleaning afterwards can undo. So a text is left as
 * it was written where it holds any word of TeX but these: they draw something, and nothing else.
 */

const words = (...texts: string[]): ReadonlySet<string> => new Set(texts.join(' ').split(' '));

const LETTERS =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi ' +
  'psi omega varepsilon vartheta varpi varrho varsigma varphi varkappa digamma Gamma Delta Theta Lambda Xi Pi Sigma ' +
  'Upsilon Phi Psi Omega varGamma varDelta varTheta varLambda varXi varPi varSigma varUpsilon varPhi varPsi varOmega ' +
  'aleph beth gimel daleth hbar hslash imath jmath ell wp Re Im Finv Game Bbbk eth mho complement partial infty prime ' +
  'backprime nabla top bot angle measuredangle sphericalangle forall exists nexists neg lnot emptyset varnothing S P ' +
  'flat natural sharp clubsuit diamondsuit heartsuit spadesuit degree celsius ohm micro perthousand checkmark maltese ' +
  'yen circledR circledS bigstar surd triangle triangledown blacktriangle blacktriangledown square Box blacksquare ' +
  'lozenge Diamond blacklozenge diagup diagdown And TeX LaTeX';

const OPERATORS =
  'sum prod coprod int intop iint iiint iiiint oint idotsint smallint bigcap bigcup bigvee bigwedge biguplus bigsqcup ' +
  'bigotimes bigoplus bigodot arcsin arccos arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf injlim ker lg ' +
  'lim liminf limsup ln log max min Pr projlim sec sin sinh sup tan tanh varinjlim varliminf varlimsup varprojlim ' +
  'limits nolimits operatorname bmod pmod mod pod wedge land vee lor cap cup Cap Cup doublecap doublecup sqcap sqcup ' +
  'uplus amalg dagger ddagger diamond bullet wr div odot oslash otimes ominus oplus pm mp circ bigcirc setminus ' +
  'smallsetminus cdot ast times star dotplus ltimes rtimes leftthreetimes rightthreetimes barwedge doublebarwedge ' +
  'curlywedge veebar curlyvee boxminus boxtimes boxdot boxplus circleddash circledast circledcirc centerdot ' +
  'divideontimes intercal triangleleft triangleright bigtriangleup bigtriangledown lhd rhd unlhd unrhd';

const RELATIONS =
  'le leq ge geq lt gt ne neq equiv sim simeq approx approxeq cong ncong asymp doteq propto varpropto prec succ preceq ' +
  'succeq subset supset subseteq supseteq sqsubset sqsupset sqsubseteq sqsupseteq in ni notin owns gg ll ggg gggtr lll ' +
  'llless parallel mid nmid nparallel dashv vdash vDash Vdash Vvdash nvdash nvDash nVdash nVDash perp smile frown ' +
  'bowtie models leqq geqq leqslant geqslant eqslantless eqslantgtr lesssim gtrsim lessapprox gtrapprox lessdot gtrdot ' +
  'lessgtr gtrless lesseqgtr gtreqless lesseqqgtr gtreqqless doteqdot Doteq eqcirc circeq risingdotseq fallingdotseq ' +
  'triangleq backsim backsimeq thicksim thickapprox subseteqq supseteqq Subset Supset preccurlyeq succcurlyeq ' +
  'curlyeqprec curlyeqsucc precsim succsim precapprox succapprox vartriangle vartriangleleft vartriangleright ' +
  'blacktriangleleft blacktriangleright trianglelefteq trianglerighteq smallsmile smallfrown shortmid shortparallel ' +
  'bumpeq Bumpeq between pitchfork backepsilon therefore because eqsim Join nless ngtr nleq ngeq nleqslant ngeqslant ' +
  'nleqq ngeqq lneq gneq lneqq gneqq lnsim gnsim lnapprox gnapprox nprec nsucc npreceq nsucceq precneqq succneqq ' +
  'precnsim succnsim precnapprox succnapprox nsim nshortmid nshortparallel ntriangleleft ntriangleright ' +
  'ntrianglelefteq ntrianglerighteq nsubseteq nsupseteq nsubseteqq nsupseteqq subsetneq supsetneq varsubsetneq ' +
  'varsupsetneq subsetneqq supsetneqq coloneqq eqqcolon';

const ARROWS =
  'leftarrow Leftarrow rightarrow Rightarrow leftrightarrow Leftrightarrow gets to mapsto longmapsto longleftarrow ' +
  'Longleftarrow longrightarrow Longrightarrow longleftrightarrow Longleftrightarrow uparrow downarrow updownarrow ' +
  'Uparrow Downarrow Updownarrow nearrow searrow nwarrow swarrow hookleftarrow hookrightarrow leftharpoonup ' +
  'leftharpoondown rightharpoonup rightharpoondown rightleftharpoons leftrightharpoons leftleftarrows ' +
  'rightrightarrows leftrightarrows rightleftarrows Lleftarrow Rrightarrow twoheadleftarrow twoheadrightarrow ' +
  'leftarrowtail rightarrowtail looparrowleft looparrowright curvearrowleft curvearrowright circlearrowleft ' +
  'circlearrowright Lsh Rsh upuparrows downdownarrows upharpoonleft upharpoonright downharpoonleft downharpoonright ' +
  'restriction multimap leftrightsquigarrow rightsquigarrow leadsto dashleftarrow dashrightarrow nleftarrow nrightarrow ' +
  'nLeftarrow nRightarrow nleftrightarrow nLeftrightarrow iff implies impliedby xleftarrow xrightarrow ' +
  'xleftrightarrow xLeftarrow xRightarrow xLeftrightarrow xmapsto xhookleftarrow xhookrightarrow';

const BUILDING =
  'frac dfrac tfrac cfrac genfrac sqrt root uproot leftroot binom dbinom tbinom over atop above choose brace brack ' +
  'left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm langle rangle ' +
  'lceil rceil lfloor rfloor lbrace rbrace lbrack rbrack lvert rvert lVert rVert vert Vert lgroup rgroup lmoustache ' +
  'rmoustache ulcorner urcorner llcorner lrcorner backslash colon ldots cdots vdots ddots dots dotsc dotsb dotsm dotsi ' +
  'dotso ldotp cdotp overline underline overbrace underbrace overparen underparen overrightarrow underrightarrow ' +
  'overleftarrow underleftarrow overleftrightarrow underleftrightarrow overset underset overunderset stackrel buildrel ' +
  'sideset substack not acute grave dot ddot dddot ddddot tilde bar breve check hat vec mathring widetilde widehat ' +
  'bra ket braket Bra Ket Braket set Set cancel bcancel xcancel cancelto boxed fbox end hline hdashline cr ' +
  'newline tag notag nonumber label mathord mathop mathopen mathclose mathbin mathrel mathpunct mathinner mathchoice';

const LOOKS =
  'displaystyle textstyle scriptstyle scriptscriptstyle rm it bf cal scr frak sf tt mathrm mathup mathnormal mathbf ' +
  'mathit mathbb mathfrak mathscr mathsf mathtt mathcal symbf symit symrm boldsymbol bm pmb text textrm textnormal ' +
  'textit textbf textsf texttt mbox hbox tiny scriptsize small normalsize large Large LARGE huge Huge ' +
  'quad qquad enspace thinspace medspace thickspace negthinspace negmedspace negthickspace nobreakspace space ' +
  'hspace hskip mskip mspace kern mkern hfill rule strut mathstrut phantom vphantom hphantom smash llap rlap mathllap ' +
  'mathrlap mathclap raise lower vcenter';

const HARMLESS = words(LETTERS, OPERATORS, RELATIONS, ARROWS, BUILDING, LOOKS);

const ENVIRONMENTS = words(
  'equation equation* align align* aligned alignat alignat* alignedat flalign flalign* gather gather* gathered multline',
  'multline* eqnarray eqnarray* split array subarray matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases',
  'dcases rcases'
);

/**
 * A colour by its name or number alone, an environment, or a word. Any backslash counts, whatever stands before it:
 * `\\` may end one thing for us and begin another for whoever sets the formula.
 */
const WORD = /\\(?:(?:text)?color(?:box)?\s*\{#?\w+\}|begin\s*\{([^{}\\]*)\}|([A-Za-z]{2,}))/g;

/** Whether setting the formulas in this text can do no more than draw them. */
export function isHarmless(text: string): boolean {
  return [...text.matchAll(WORD)].every(([, environment, word]) =>
    word !== undefined ? HARMLESS.has(word) : environment === undefined || ENVIRONMENTS.has(environment)
  );
}

/** The text in which formulas are looked for: that of code is left out, and no element joins what stands around it. */
export function formulaText(element: HTMLElement): string {
  element.normalize();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts: string[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (!node.parentElement?.closest('code, pre')) {
      texts.push(node.data);
    }
  }
  return texts.join('\n');
}
