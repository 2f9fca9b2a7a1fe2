/** What a question about a number begins with; `{x}` is a noun phrase such as `17 times 24`. */
export const nounFrames: readonly string[] = [
  "[what is|what's|whats|what is|what's] {x}[?|?|?|| ?]",
  "[what is|what's|what will be|what would be] {x}[|,] please[?|]",
  "{x}[?|=| =|= ?|=?| = ?|||.|, please| equals| is| is what?| equals what?| makes what?| equals how much?]",
  "[calculate|compute|evaluate|work out|find|solve|figure out|determine|get|do] {x}[.||| please| for me| for me please]",
  "[please|pls|kindly] [calculate|compute|evaluate|work out|find|solve|give me|tell me|figure out] {x}[.||!]",
  "[how much is {x}|how much does {x} make|how much would {x} be|how much does {x} come to|how much would {x} make][?|?|]",
  "[can|could|would|will] you [please |][calculate|compute|work out|find|solve|tell me|give me|figure out|do] {x}[ for me|][?|?|]",
  "[can|could] you [please |][tell me|say|work out] [what|how much] {x} [is|makes|comes to][?|]",
  "[tell me|give me|say|show me|write down] [the answer to |the result of ||] {x}[.||| please]",
  "[tell me|i want to know|i need to know|i'd like to know|i wonder|do you know|let me know] [what|how much] {x} [is|equals|makes|comes to|would be][?|.|]",
  "[i need|i want|i'm looking for|i am looking for|looking for|need] [the answer to|the result of|the value of||] {x}[.||, please]",
  "[what does|what do] {x} [equal|make|give|come to|give you|add up to|amount to][?|]",
  "[what do you get|what do i get|what do we get|what comes out|what is the answer] [for|from|when you work out|when you calculate|with] {x}[?|]",
  "[the answer to|the result of|the value of] {x}[ is|?| is?| =|]",
  "[what is|what's|find|give me|state|determine] the [value|result|answer|outcome] [of|to] {x}[?|.|]",
  "[hi|hello|hey|hi there|ok|okay|so|well|quick question|question|now|alright][,|:|!|] [what is|what's|how much is|calculate|compute] {x}[?|]",
  "[my homework asks|my homework says|i have to find|my teacher asked|my son asked me|help me with|help|i am stuck on|i'm stuck on|struggling with][:|] {x}[?|.|]",
  "[if i|when i|suppose i|say i] [calculate|work out|compute|type] {x}[,|] what [do i get|is the answer|is the result|comes out][?|]",
  "{x}[, what is it?|, how much is that?|: what is the answer?|, what does that make?|. what is the result?|, answer?|? show your work.|? show the steps.|? explain step by step.| step by step]",
  "[answer|question|problem|exercise|task|math|q][:|] {x}[?|]",
  "[what number is|which number is|what number equals|which number equals|what is equal to] {x}[?|]",
  "[do the math|do the maths|do the sum|solve this|solve the following|calculate the following|compute this|work this out|evaluate the expression|simplify][:|] {x}[.|?|]",
];

/** What an order begins with; `{x}` is an order such as `multiply 17 by 24`. */
export const orderFrames: readonly string[] = [
  "{x}[.||||!| please| for me|, please| now]",
  "[please|pls|now|just|kindly|go ahead and|let's|try to|i want you to|i'd like you to|i need you to|you should|help me] {x}[.||]",
  "[can|could|would|will] you [please |]{x}[ for me||][?|]",
  "[how do i|how would you|how do you|how can i|how to] {x}[?|]",
  "{x}[. what do you get?|. what is the result?|, what do you get?|. what's the answer?|: what is the result?|, what is it?|. how much is it?|. show your work.| step by step.| and give me the result| and tell me the answer]",
  "[what do you get|what do i get|what do we get|what is the result|what's the result|what happens|what is the answer] [if|when] [you|i|we] {x}[?|]",
  "[if|when|suppose|say] [you|i|we] {x}[,|] [what do you get|what do i get|what is the result|what's left|what is the answer|how much is it|what does it make][?|]",
  "[hi|hello|hey|ok|so][,|] [please |can you ||] {x}[?|.|]",
];
